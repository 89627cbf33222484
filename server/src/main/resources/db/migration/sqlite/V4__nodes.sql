-- Processes that work on this database. Each adds to its beats; whoever sees a count stand still for some seconds takes
-- its node for dead, deletes the row, and frees what that node had claimed. No clock is compared with another one's.
CREATE TABLE nodes (
    id    TEXT   NOT NULL PRIMARY KEY,
    beats BIGINT NOT NULL
);

-- Which node has claimed it; NULL once it is settled, or nobody has.
ALTER TABLE deliveries ADD COLUMN node TEXT;
ALTER TABLE idempotent_requests ADD COLUMN node TEXT;

CREATE INDEX deliveries_by_node ON deliveries (node) WHERE node IS NOT NULL;
CREATE INDEX idempotent_requests_by_node ON idempotent_requests (node) WHERE node IS NOT NULL;
