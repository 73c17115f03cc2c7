-- What callbacks found in a period is looked up by its moment.
CREATE INDEX ledger_of_callbacks ON ledger (at) WHERE kind = 'called_back';
