-- Set aside for an attempt until its outcome is known, in units of 10^-8 of `cost_currency`, which stands there from the
-- beginning where there is a price.
ALTER TABLE attempts ADD COLUMN reserved_e8 BIGINT;
-- In which currency its send is compared with another channel: that of the alternative of the send's first attempt.
ALTER TABLE attempts ADD COLUMN compared_currency TEXT;
-- Whose volume it counts in.
ALTER TABLE attempts ADD COLUMN family TEXT;

-- Costs and bills are asked by time.
CREATE INDEX attempts_by_begin ON attempts (began_at, session_id, number);

-- How many attempts each family of prices had in a month. Several rows for each, so that nodes do not wait for one.
CREATE TABLE volumes (
    family   TEXT    COLLATE "C" NOT NULL,
    month    TEXT    COLLATE "C" NOT NULL,
    shard    INTEGER NOT NULL,
    attempts BIGINT  NOT NULL,
    PRIMARY KEY (family, month, shard)
);

CREATE INDEX volumes_by_month ON volumes (month);

-- What apps spend a day, in units of 10^-8: costs, and what is set aside.
CREATE TABLE spending (
    app      TEXT    NOT NULL,
    day      TEXT    COLLATE "C" NOT NULL,
    currency TEXT    COLLATE "C" NOT NULL,
    shard    INTEGER NOT NULL,
    spent_e8 BIGINT  NOT NULL,
    PRIMARY KEY (app, currency, day, shard)
);

CREATE INDEX spending_by_day ON spending (day);

-- What apps were told of their budgets.
CREATE TABLE budget_notices (
    app    TEXT   NOT NULL,
    period TEXT   NOT NULL,
    first  TEXT   COLLATE "C" NOT NULL,
    type   TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (app, period, first, type)
);

CREATE INDEX budget_notices_by_day ON budget_notices (first);
