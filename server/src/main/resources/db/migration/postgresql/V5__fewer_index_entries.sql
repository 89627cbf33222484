-- One index for what was given up and one for what has waited longest, rather than one of all: what was delivered, which
-- is nearly everything, stands in neither.
DROP INDEX deliveries_by_state;
CREATE INDEX deliveries_dead ON deliveries (endpoint_id, id) WHERE state = 'dead';
CREATE INDEX deliveries_oldest ON deliveries (endpoint_id, at) WHERE state = 'waiting';
