-- Photos of milestones lie among the files: a milestone holds them (`person`), in a slot, and no case does.
CREATE INDEX files_of_milestones ON files (person, slot) WHERE number IS NULL AND slot IS NOT NULL;
CREATE INDEX ledger_of_photos ON ledger (at) WHERE kind = 'milestone_pictured';
