-- Subtasks: what a central function asks of other nodes, in the name of the person who signed its parent. They belong to
-- that person and their organization; asked_by_node says whose key signed them.

ALTER TABLE task ADD COLUMN parent_id uuid REFERENCES task;
ALTER TABLE task DROP CONSTRAINT task_check;
ALTER TABLE task ADD CONSTRAINT task_asker CHECK (asked_by_user IS NOT NULL OR asked_by_node IS NOT NULL);
ALTER TABLE task ADD CONSTRAINT task_subtask CHECK (parent_id IS NULL OR asked_by_node IS NOT NULL);

-- settled_at and not open_runs: an index whose predicate speaks of open_runs would be rewritten by every commit.
CREATE INDEX task_subtasks ON task (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX task_open_subtasks ON task (parent_id) WHERE parent_id IS NOT NULL AND settled_at IS NULL;

-- The sweep ends what a parent leaves behind when it ends.
GRANT SELECT (parent_id) ON task TO vantage_leader;
