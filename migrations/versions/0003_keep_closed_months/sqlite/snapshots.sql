-- What a closed month held and moved, written within its close; and nothing is entered before a closed month.

CREATE TABLE period_balance (
  community_id INTEGER NOT NULL,
  act_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  opening INTEGER NOT NULL,
  movement INTEGER NOT NULL,
  closing INTEGER NOT NULL,
  CONSTRAINT period_balance_pkey PRIMARY KEY (community_id, act_id, account_id),
  CONSTRAINT period_balance_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT period_balance_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT period_balance_closing_check CHECK (closing = opening + movement)
) STRICT, WITHOUT ROWID;

CREATE TABLE period_movement (
  community_id INTEGER NOT NULL,
  act_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  programme TEXT NOT NULL,
  movement INTEGER NOT NULL,
  CONSTRAINT period_movement_pkey PRIMARY KEY (community_id, act_id, account_id, programme),
  CONSTRAINT period_movement_community_id_act_id_account_id_fkey FOREIGN KEY (community_id, act_id, account_id) REFERENCES period_balance (community_id, act_id, account_id),
  CONSTRAINT period_movement_community_id_programme_fkey FOREIGN KEY (community_id, programme) REFERENCES programme (community_id, code),
  CONSTRAINT period_movement_movement_check CHECK (movement <> 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX act_month ON act (period_id, community_id) WHERE period_id IS NOT NULL;

-- An unsealed act can only be one of this very transaction: no other can commit without its seal.
CREATE TRIGGER period_balance_insert BEFORE INSERT ON period_balance BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: period_balance') WHERE EXISTS
    (SELECT 1 FROM period_balance WHERE community_id = NEW.community_id AND act_id = NEW.act_id AND account_id = NEW.account_id);
  SELECT RAISE(ABORT, 'late-balance: its act is sealed or closes no month') WHERE
    EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.act_id)
    OR NOT EXISTS (SELECT 1 FROM act WHERE community_id = NEW.community_id AND act_id = NEW.act_id AND kind = 'close');
END;
CREATE TRIGGER period_balance_frozen BEFORE UPDATE ON period_balance BEGIN
  SELECT RAISE(ABORT, 'append-only: period_balance');
END;
CREATE TRIGGER period_balance_kept BEFORE DELETE ON period_balance BEGIN
  SELECT RAISE(ABORT, 'append-only: period_balance');
END;

CREATE TRIGGER period_movement_insert BEFORE INSERT ON period_movement BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: period_movement') WHERE EXISTS
    (SELECT 1 FROM period_movement WHERE community_id = NEW.community_id AND act_id = NEW.act_id
       AND account_id = NEW.account_id AND programme = NEW.programme);
  SELECT RAISE(ABORT, 'late-balance: its act is sealed or closes no month') WHERE
    EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.act_id)
    OR NOT EXISTS (SELECT 1 FROM act WHERE community_id = NEW.community_id AND act_id = NEW.act_id AND kind = 'close');
END;
CREATE TRIGGER period_movement_frozen BEFORE UPDATE ON period_movement BEGIN
  SELECT RAISE(ABORT, 'append-only: period_movement');
END;
CREATE TRIGGER period_movement_kept BEFORE DELETE ON period_movement BEGIN
  SELECT RAISE(ABORT, 'append-only: period_movement');
END;

-- What a closed month opened with stays: a month before it takes no entry either, whether anyone closed it or not.
CREATE TRIGGER seal_months BEFORE INSERT ON seal WHEN NEW.subject = 'E' BEGIN
  SELECT RAISE(ABORT, 'period-closed: a later month is closed') WHERE EXISTS
    (SELECT 1 FROM journal_entry e JOIN period p ON p.community_id = e.community_id AND p.period_id > e.period_id
     WHERE e.community_id = NEW.community_id AND e.entry_id = NEW.seq AND p.state = 'closed');
END;
