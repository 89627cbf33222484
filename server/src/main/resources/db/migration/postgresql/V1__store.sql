-- Times are milliseconds since 1970 (UTC). What is called sealed or mac is made by the Vault. While a session is open,
-- its caller ids and codes stand here in no other form. What is sorted is sorted by code point (COLLATE "C"), whatever
-- the database's own order is.

CREATE TABLE meta (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE apps (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL
);

CREATE TABLE pools (
    name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL
);

CREATE TABLE api_keys (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    scope      TEXT   NOT NULL,
    app        TEXT,
    hash       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE sessions (
    id                 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app                TEXT    NOT NULL,
    -- digits; NULL once it was removed
    destination        TEXT,
    destination_mac    TEXT    NOT NULL,
    country            TEXT COLLATE "C" NOT NULL,
    purpose            TEXT    NOT NULL,
    user_reference     TEXT,
    transaction_data   TEXT,
    language           TEXT,
    -- JSON
    terms              TEXT    NOT NULL,
    created_at         BIGINT  NOT NULL,
    client_secret_hash TEXT,
    reuse_key          TEXT,
    -- sealed
    requested_code     TEXT,
    checks             INTEGER NOT NULL,
    sends              INTEGER NOT NULL,
    events             INTEGER NOT NULL,
    status             TEXT    NOT NULL,
    reason             TEXT    NOT NULL,
    -- launching (send, channel, since), trying (attempt, until), spent, ended (at)
    phase              TEXT    NOT NULL,
    phase_send         INTEGER,
    phase_channel      INTEGER,
    phase_attempt      INTEGER,
    phase_at           BIGINT,
    expires_at         BIGINT  NOT NULL,
    -- NULL once it has ended
    deadline           BIGINT,
    ended_at           BIGINT
);

CREATE UNIQUE INDEX sessions_reusable ON sessions (reuse_key) WHERE status = 'pending';
CREATE INDEX sessions_due ON sessions (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX sessions_of_app ON sessions (app, id);
CREATE INDEX sessions_of_app_by_status ON sessions (app, status, id);
CREATE INDEX sessions_of_destination ON sessions (destination_mac, id);
CREATE INDEX sessions_by_start ON sessions (created_at);
CREATE INDEX sessions_with_numbers ON sessions (ended_at) WHERE ended_at IS NOT NULL AND destination IS NOT NULL;

CREATE TABLE attempts (
    session_id    TEXT COLLATE "C" NOT NULL REFERENCES sessions (id),
    number        INTEGER NOT NULL,
    send          INTEGER NOT NULL,
    channel_index INTEGER NOT NULL,
    channel       TEXT COLLATE "C" NOT NULL,
    trunk         TEXT COLLATE "C",
    pool          TEXT,
    route_reason  TEXT,
    price         TEXT,
    code_mac      TEXT    NOT NULL,
    -- sealed
    caller_id     TEXT,
    -- the part of the caller id that may be shown
    prefix        TEXT    NOT NULL,
    began_at      BIGINT  NOT NULL,
    rang_at       BIGINT,
    ended_at      BIGINT,
    verdict       TEXT,
    outcome       TEXT,
    detail        TEXT,
    shown         INTEGER,
    -- when its code was entered
    verified_at   BIGINT,
    PRIMARY KEY (session_id, number)
);

CREATE TABLE leases (
    session_id      TEXT COLLATE "C" NOT NULL REFERENCES sessions (id),
    attempt         INTEGER NOT NULL,
    destination_mac TEXT    NOT NULL,
    caller_mac      TEXT    NOT NULL,
    sealed_caller   TEXT    NOT NULL,
    taken_at        BIGINT  NOT NULL,
    open            INTEGER NOT NULL,
    PRIMARY KEY (session_id, attempt)
);

CREATE UNIQUE INDEX leases_open ON leases (destination_mac, caller_mac) WHERE open = 1;
CREATE INDEX leases_of_destination ON leases (destination_mac, taken_at);
CREATE INDEX leases_closed ON leases (taken_at) WHERE open = 0;

CREATE TABLE failed_checks (
    destination_mac TEXT    NOT NULL,
    day             TEXT COLLATE "C" NOT NULL,
    count           INTEGER NOT NULL,
    PRIMARY KEY (destination_mac, day)
);

CREATE INDEX failed_checks_by_day ON failed_checks (day);

CREATE TABLE timeline (
    session_id TEXT COLLATE "C" NOT NULL REFERENCES sessions (id),
    sequence   INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    attempt    INTEGER NOT NULL,
    -- JSON
    details    TEXT    NOT NULL,
    PRIMARY KEY (session_id, sequence)
);

CREATE TABLE endpoints (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app      TEXT NOT NULL,
    url      TEXT NOT NULL,
    -- each between commas; empty: all
    types    TEXT NOT NULL,
    -- JSON, sealed values
    secrets  TEXT NOT NULL,
    -- why; NULL: it is enabled
    disabled TEXT
);

CREATE INDEX endpoints_of_app ON endpoints (app);

CREATE TABLE deliveries (
    id           BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    endpoint_id  TEXT COLLATE "C" NOT NULL REFERENCES endpoints (id),
    -- NULL for a test event
    session_id   TEXT COLLATE "C",
    type         TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    at           BIGINT  NOT NULL,
    body         TEXT    NOT NULL,
    -- waiting, delivered, dead
    state        TEXT    NOT NULL,
    -- when it may be claimed, or claimed again
    due_at       BIGINT  NOT NULL,
    -- since when it holds its successors back
    first_try_at BIGINT,
    tries        INTEGER NOT NULL,
    last         TEXT    NOT NULL,
    settled_at   BIGINT
);

CREATE INDEX deliveries_due ON deliveries (endpoint_id, due_at, id) WHERE state = 'waiting';
CREATE INDEX deliveries_by_state ON deliveries (endpoint_id, state, id);
CREATE INDEX deliveries_of_session ON deliveries (session_id, endpoint_id, id);
CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE idempotent_requests (
    owner       TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    claimed_at  BIGINT  NOT NULL,
    -- NULL while it is in progress
    status      INTEGER,
    -- sealed
    body        TEXT,
    PRIMARY KEY (owner, value)
);

CREATE INDEX idempotent_requests_by_claim ON idempotent_requests (claimed_at);
