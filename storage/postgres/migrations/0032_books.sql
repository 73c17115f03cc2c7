-- What a digest counts of projects and translations in a period is looked up by its moment.
CREATE INDEX ledger_of_judgements ON ledger (at) WHERE kind = 'project_judged';
CREATE INDEX translations_by_limit ON translations (due_at);
CREATE INDEX translations_by_moment ON translations (done_at) WHERE done_at IS NOT NULL;
