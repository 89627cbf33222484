-- Calls that a network's analytics kept from their destination because of the caller id: the latest for each
-- destination.
CREATE TABLE caller_id_blocks (
    caller_mac      TEXT   NOT NULL,
    destination_mac TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (caller_mac, destination_mac)
) WITHOUT ROWID;

CREATE INDEX caller_id_blocks_by_time ON caller_id_blocks (at);
CREATE INDEX caller_id_blocks_by_destination ON caller_id_blocks (destination_mac);

-- Caller ids with blocks: in quarantine until `ends_at`, the time of its end if that has passed, 0 if there was none.
CREATE TABLE quarantines (
    caller_mac    TEXT    NOT NULL PRIMARY KEY,
    sealed_caller TEXT    NOT NULL,
    pool          TEXT    NOT NULL,
    trunk         TEXT    NOT NULL,
    began_at      BIGINT  NOT NULL,
    ends_at       BIGINT  NOT NULL,
    destinations  INTEGER NOT NULL,
    times         INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX quarantines_by_end ON quarantines (ends_at, caller_mac);
