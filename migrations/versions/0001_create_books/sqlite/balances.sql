-- Balances, and the holds that reserve part of them.

CREATE TABLE balance (
  community_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  posted INTEGER DEFAULT 0 NOT NULL,
  held_debit INTEGER DEFAULT 0 NOT NULL,
  held_credit INTEGER DEFAULT 0 NOT NULL,
  last_move INTEGER DEFAULT 0 NOT NULL,
  last_entry INTEGER DEFAULT 0 NOT NULL,
  floor INTEGER,
  ceiling INTEGER,
  limits_act INTEGER,
  CONSTRAINT balance_pkey PRIMARY KEY (community_id, account_id),
  CONSTRAINT balance_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT balance_community_id_limits_act_fkey FOREIGN KEY (community_id, limits_act) REFERENCES act (community_id, act_id),
  CONSTRAINT balance_held_debit_check CHECK (held_debit >= 0),
  CONSTRAINT balance_held_credit_check CHECK (held_credit >= 0),
  CONSTRAINT balance_limits_check CHECK (floor <= ceiling),
  CONSTRAINT balance_below_floor CHECK (floor IS NULL OR posted - held_credit >= floor OR last_move >= 0),
  CONSTRAINT balance_above_ceiling CHECK (ceiling IS NULL OR posted + held_debit <= ceiling OR last_move <= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
  community_id INTEGER NOT NULL,
  hold_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  entered_by INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  expires_at TEXT,
  state TEXT DEFAULT 'open' NOT NULL,
  entry_id INTEGER,
  CONSTRAINT hold_pkey PRIMARY KEY (community_id, hold_id),
  CONSTRAINT hold_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT hold_community_id_entered_by_fkey FOREIGN KEY (community_id, entered_by) REFERENCES party (community_id, party_id),
  CONSTRAINT hold_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT hold_hold_id_check CHECK (hold_id > 0),
  CONSTRAINT hold_amount_check CHECK (amount <> 0 AND amount BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT hold_state_check CHECK (state IN ('open', 'settled', 'voided', 'expired')),
  CONSTRAINT hold_entry_check CHECK ((state = 'settled') = (entry_id IS NOT NULL)),
  CONSTRAINT hold_recorded_at_check CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT hold_expires_at_check CHECK (expires_at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_entry ON hold (entry_id, community_id) WHERE entry_id IS NOT NULL;
CREATE INDEX hold_open ON hold (account_id, community_id) WHERE state = 'open';

CREATE TRIGGER balance_insert BEFORE INSERT ON balance BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'balance-guard: made with its account only') WHERE
    EXISTS (SELECT 1 FROM balance WHERE community_id = NEW.community_id AND account_id = NEW.account_id)
    OR NEW.posted <> 0 OR NEW.held_debit <> 0 OR NEW.held_credit <> 0 OR NEW.last_move <> 0 OR NEW.last_entry <> 0
    OR NEW.floor IS NOT NULL OR NEW.ceiling IS NOT NULL OR NEW.limits_act IS NOT NULL;
END;
-- It moves by exactly the postings of the entry being sealed (head + 1), once; so it is the sum of its postings.
CREATE TRIGGER balance_by_hand BEFORE UPDATE ON balance
WHEN NEW.community_id <> OLD.community_id OR NEW.account_id <> OLD.account_id
  OR NEW.posted <> OLD.posted OR NEW.last_entry <> OLD.last_entry OR NEW.last_move NOT IN (OLD.last_move, 0)
  OR (NEW.held_debit = OLD.held_debit AND NEW.held_credit = OLD.held_credit AND NEW.limits_act IS OLD.limits_act) BEGIN
  SELECT RAISE(ABORT, 'balance-guard: only a seal moves a balance') WHERE
    NEW.community_id <> OLD.community_id OR NEW.account_id <> OLD.account_id
    OR NEW.last_entry <= OLD.last_entry
    OR NOT EXISTS (SELECT 1 FROM chain_head WHERE community_id = OLD.community_id AND seq = NEW.last_entry - 1)
    OR NOT EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.last_entry)
    OR NEW.posted - OLD.posted IS NOT (SELECT sum(amount) FROM posting WHERE community_id = OLD.community_id
                                       AND entry_id = NEW.last_entry AND account_id = OLD.account_id)
    OR NEW.last_move NOT IN (NEW.posted - OLD.posted, 0)
    OR (NEW.last_move = 0 AND NEW.posted <> OLD.posted AND
        (SELECT reverses FROM journal_entry WHERE community_id = OLD.community_id AND entry_id = NEW.last_entry) IS NULL);
END;
CREATE TRIGGER balance_held BEFORE UPDATE ON balance
WHEN NEW.held_debit <> OLD.held_debit OR NEW.held_credit <> OLD.held_credit BEGIN
  SELECT RAISE(ABORT, 'balance-guard: only a hold reserves') WHERE NEW.last_move <> 0
    OR NEW.held_debit <> (SELECT coalesce(sum(amount), 0) FROM hold WHERE community_id = OLD.community_id
                          AND account_id = OLD.account_id AND state = 'open' AND amount > 0)
    OR NEW.held_credit <> (SELECT -coalesce(sum(amount), 0) FROM hold WHERE community_id = OLD.community_id
                           AND account_id = OLD.account_id AND state = 'open' AND amount < 0);
END;
CREATE TRIGGER balance_limits BEFORE UPDATE ON balance
WHEN NEW.floor IS NOT OLD.floor OR NEW.ceiling IS NOT OLD.ceiling OR NEW.limits_act IS NOT OLD.limits_act BEGIN
  SELECT RAISE(ABORT, 'limits-guard: needs its own act in this transaction') WHERE NEW.last_move <> 0 OR NOT EXISTS
    (SELECT 1 FROM act a WHERE a.community_id = OLD.community_id AND a.act_id = NEW.limits_act AND a.kind = 'limits'
       AND a.account_id = OLD.account_id AND json_extract(a.facts, '$.floor') IS NEW.floor
       AND json_extract(a.facts, '$.ceiling') IS NEW.ceiling)
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.limits_act);
END;
CREATE TRIGGER balance_kept BEFORE DELETE ON balance BEGIN SELECT RAISE(ABORT, 'append-only: balance'); END;

CREATE TRIGGER hold_insert BEFORE INSERT ON hold BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: hold') WHERE NEW.state <> 'open'
    OR EXISTS (SELECT 1 FROM hold WHERE community_id = NEW.community_id AND hold_id = NEW.hold_id);
END;
-- INSERT OR IGNORE would swallow a CHECK, so what came of it is looked at again.
CREATE TRIGGER hold_reserve AFTER INSERT ON hold BEGIN
  UPDATE balance SET held_debit = held_debit + max(NEW.amount, 0), held_credit = held_credit + max(-NEW.amount, 0), last_move = 0
    WHERE community_id = NEW.community_id AND account_id = NEW.account_id;
  SELECT RAISE(ABORT, 'over-limit: the hold does not fit') WHERE EXISTS
    (SELECT 1 FROM balance WHERE community_id = NEW.community_id AND account_id = NEW.account_id
       AND ((NEW.amount > 0 AND posted + held_debit > ceiling) OR (NEW.amount < 0 AND posted - held_credit < floor)
         OR held_debit <> (SELECT coalesce(sum(amount), 0) FROM hold WHERE community_id = NEW.community_id
                           AND account_id = NEW.account_id AND state = 'open' AND amount > 0)
         OR held_credit <> (SELECT -coalesce(sum(amount), 0) FROM hold WHERE community_id = NEW.community_id
                            AND account_id = NEW.account_id AND state = 'open' AND amount < 0)));
END;
CREATE TRIGGER hold_end BEFORE UPDATE ON hold BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'hold-ended: a hold ends once') WHERE OLD.state <> 'open' OR NEW.state = 'open'
    OR NEW.community_id <> OLD.community_id OR NEW.hold_id <> OLD.hold_id OR NEW.account_id <> OLD.account_id
    OR NEW.amount <> OLD.amount OR NEW.entered_by <> OLD.entered_by OR NEW.recorded_at <> OLD.recorded_at
    OR NEW.expires_at IS NOT OLD.expires_at;
  SELECT RAISE(ABORT, 'hold-entry: settle within the entry''s own transaction') WHERE NEW.state = 'settled' AND EXISTS
    (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id);
END;
CREATE TRIGGER hold_release AFTER UPDATE ON hold BEGIN
  UPDATE balance SET held_debit = held_debit - max(OLD.amount, 0), held_credit = held_credit - max(-OLD.amount, 0), last_move = 0
    WHERE community_id = OLD.community_id AND account_id = OLD.account_id;
END;
CREATE TRIGGER hold_kept BEFORE DELETE ON hold BEGIN SELECT RAISE(ABORT, 'append-only: hold'); END;
