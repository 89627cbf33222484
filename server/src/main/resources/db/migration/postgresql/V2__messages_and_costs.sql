-- Where email may reach the user; NULL once it was removed.
ALTER TABLE sessions ADD COLUMN email TEXT;

-- What the provider of a message reported: delivered, failed, unknown.
ALTER TABLE attempts ADD COLUMN receipt TEXT;
ALTER TABLE attempts ADD COLUMN receipt_detail TEXT;
ALTER TABLE attempts ADD COLUMN receipt_at BIGINT;

-- The rate that applied: `price` is of one unit, this says what a unit is, and where the rate stands.
ALTER TABLE attempts ADD COLUMN increment TEXT;
ALTER TABLE attempts ADD COLUMN rate TEXT;
-- What the same send would cost by the channel that costs are compared with, as `price` is written.
ALTER TABLE attempts ADD COLUMN alternative TEXT;
-- What was used: parts of a message, how long a call was answered.
ALTER TABLE attempts ADD COLUMN parts INTEGER;
ALTER TABLE attempts ADD COLUMN answered_ms BIGINT;
-- What came of them, so that sums are exact: in units of 10^-8 of the currency; NULL until the attempt has ended.
ALTER TABLE attempts ADD COLUMN cost_e8 BIGINT;
ALTER TABLE attempts ADD COLUMN cost_currency TEXT;
ALTER TABLE attempts ADD COLUMN alternative_e8 BIGINT;
ALTER TABLE attempts ADD COLUMN alternative_currency TEXT;

UPDATE attempts SET increment = CASE WHEN trunk IS NULL THEN 'part' ELSE 'reached' END, rate = 'flat'
WHERE price IS NOT NULL;

-- Under which ids providers know the parts of messages that they accepted.
CREATE TABLE sent_messages (
    channel    TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    session_id TEXT    COLLATE "C" NOT NULL REFERENCES sessions (id),
    attempt    INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    sent_at    BIGINT  NOT NULL,
    -- delivered, failed, unknown; NULL until the provider has reported
    state      TEXT,
    PRIMARY KEY (channel, id)
);

CREATE INDEX sent_messages_of_attempt ON sent_messages (session_id, attempt, number);
CREATE INDEX sent_messages_by_time ON sent_messages (sent_at);
