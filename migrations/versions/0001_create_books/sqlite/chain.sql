-- The chain: seals, the last link, and the acts that move no value.

CREATE TABLE seal (
  community_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  subject TEXT NOT NULL,
  digest BLOB NOT NULL,
  prev_hash BLOB NOT NULL,
  hash BLOB NOT NULL,
  CONSTRAINT seal_pkey PRIMARY KEY (community_id, seq),
  CONSTRAINT seal_seq_check CHECK (seq > 0),
  CONSTRAINT seal_subject_check CHECK (subject IN ('E', 'A')),
  CONSTRAINT seal_digest_check CHECK (length(digest) = 32),
  CONSTRAINT seal_prev_hash_check CHECK (length(prev_hash) = 32),
  CONSTRAINT seal_hash_check CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE chain_head (
  community_id INTEGER NOT NULL,
  seq INTEGER DEFAULT 0 NOT NULL,
  hash BLOB NOT NULL,
  touched INTEGER DEFAULT 0 NOT NULL,
  CONSTRAINT chain_head_pkey PRIMARY KEY (community_id),
  CONSTRAINT chain_head_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT chain_head_hash_check CHECK (length(hash) = 32),
  CONSTRAINT chain_head_touched_check CHECK (touched = 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE act (
  community_id INTEGER NOT NULL,
  act_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  period_id INTEGER,
  account_id INTEGER,
  entry_id INTEGER,
  entered_by INTEGER NOT NULL,
  decision_id INTEGER,
  recorded_at TEXT NOT NULL,
  facts TEXT DEFAULT '{}' NOT NULL,
  CONSTRAINT act_pkey PRIMARY KEY (community_id, act_id),
  CONSTRAINT act_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES seal (community_id, seq) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT act_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT act_community_id_entered_by_fkey FOREIGN KEY (community_id, entered_by) REFERENCES party (community_id, party_id),
  CONSTRAINT act_community_id_decision_id_fkey FOREIGN KEY (community_id, decision_id) REFERENCES decision (community_id, decision_id),
  CONSTRAINT act_act_id_check CHECK (act_id > 0),
  CONSTRAINT act_kind_check CHECK (kind <> ''),
  CONSTRAINT act_recorded_at_check CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT act_facts_check CHECK (json_valid(facts) AND json_type(facts) = 'object')
) STRICT, WITHOUT ROWID;

-- A seal is the next link, of exactly one entry or one act.
CREATE TRIGGER seal_insert BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'chain-broken: not the next link') WHERE NOT EXISTS
    (SELECT 1 FROM chain_head WHERE community_id = NEW.community_id AND seq = NEW.seq - 1 AND hash = NEW.prev_hash);
  SELECT RAISE(ABORT, 'already-posted: seal') WHERE EXISTS
    (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.seq);
  SELECT RAISE(ABORT, 'seal-subject: a seal holds exactly one entry or one act') WHERE
    EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.seq) <> (NEW.subject = 'E')
    OR EXISTS (SELECT 1 FROM act WHERE community_id = NEW.community_id AND act_id = NEW.seq) <> (NEW.subject = 'A');
END;
CREATE TRIGGER seal_entry BEFORE INSERT ON seal WHEN NEW.subject = 'E' BEGIN
  SELECT RAISE(ABORT, 'too-few-postings: an entry has two or more') WHERE
    (SELECT count(*) FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.seq) < 2;
  SELECT RAISE(ABORT, 'unbalanced: each unit and fund must sum to zero') WHERE EXISTS
    (SELECT 1 FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.seq GROUP BY unit, fund HAVING sum(amount) <> 0);
  SELECT RAISE(ABORT, 'period-closed: the month is not open') WHERE NOT EXISTS
    (SELECT 1 FROM journal_entry e JOIN period p ON p.community_id = e.community_id AND p.period_id = e.period_id
     WHERE e.community_id = NEW.community_id AND e.entry_id = NEW.seq AND p.state = 'open');
END;
CREATE TRIGGER seal_reversal BEFORE INSERT ON seal
WHEN (SELECT reverses FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.seq) IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'reversal-of-reversal: enter it again instead') WHERE EXISTS
    (SELECT 1 FROM journal_entry r JOIN journal_entry o ON o.community_id = r.community_id AND o.entry_id = r.reverses
     WHERE r.community_id = NEW.community_id AND r.entry_id = NEW.seq AND o.reverses IS NOT NULL);
  SELECT RAISE(ABORT, 'reversal-not-exact: every line must be the exact opposite') WHERE EXISTS
    (SELECT line, account_id, programme, amount, quantity_milli, quantity_unit, method FROM posting
       WHERE community_id = NEW.community_id
       AND entry_id = (SELECT reverses FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.seq)
     EXCEPT SELECT line, account_id, programme, -amount, quantity_milli, quantity_unit, method FROM posting
       WHERE community_id = NEW.community_id AND entry_id = NEW.seq)
    OR (SELECT count(*) FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.seq) <>
       (SELECT count(*) FROM posting WHERE community_id = NEW.community_id
         AND entry_id = (SELECT reverses FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.seq));
END;
-- Moves the balances and the head. INSERT OR IGNORE would swallow a CHECK, so what came of it is looked at again.
CREATE TRIGGER seal_apply AFTER INSERT ON seal BEGIN
  UPDATE balance SET
    last_move = CASE WHEN (SELECT reverses FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.seq) IS NULL
      THEN (SELECT sum(amount) FROM posting p
            WHERE p.community_id = NEW.community_id AND p.entry_id = NEW.seq AND p.account_id = balance.account_id)
      ELSE 0 END,
    posted = posted + (SELECT sum(amount) FROM posting p
                       WHERE p.community_id = NEW.community_id AND p.entry_id = NEW.seq AND p.account_id = balance.account_id),
    last_entry = NEW.seq
  WHERE NEW.subject = 'E' AND community_id = NEW.community_id
    AND account_id IN (SELECT account_id FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.seq);
  SELECT RAISE(ABORT, 'over-limit: a balance would pass its hard limit') WHERE NEW.subject = 'E' AND EXISTS
    (SELECT 1 FROM posting p JOIN balance b ON b.community_id = p.community_id AND b.account_id = p.account_id
     WHERE p.community_id = NEW.community_id AND p.entry_id = NEW.seq AND b.last_entry <> NEW.seq);
  UPDATE chain_head SET seq = NEW.seq, hash = NEW.hash WHERE community_id = NEW.community_id;
  SELECT RAISE(ABORT, 'chain-broken: the head did not move') WHERE NOT EXISTS
    (SELECT 1 FROM chain_head WHERE community_id = NEW.community_id AND seq = NEW.seq);
END;
CREATE TRIGGER seal_frozen BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'append-only: seal'); END;
CREATE TRIGGER seal_kept BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'append-only: seal'); END;

CREATE TRIGGER chain_head_insert BEFORE INSERT ON chain_head BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'chain-broken: a head is made once, at 0') WHERE NEW.seq <> 0
    OR EXISTS (SELECT 1 FROM chain_head WHERE community_id = NEW.community_id);
END;
CREATE TRIGGER chain_head_by_hand BEFORE UPDATE ON chain_head BEGIN
  SELECT RAISE(ABORT, 'chain-broken: the head follows a seal') WHERE NEW.community_id <> OLD.community_id
    OR NEW.seq <> OLD.seq + 1 OR NEW.touched <> 0
    OR NOT EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.seq
                   AND prev_hash = OLD.hash AND hash = NEW.hash);
END;
CREATE TRIGGER chain_head_kept BEFORE DELETE ON chain_head BEGIN SELECT RAISE(ABORT, 'append-only: chain_head'); END;

CREATE TRIGGER act_insert BEFORE INSERT ON act BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: act') WHERE EXISTS
    (SELECT 1 FROM act WHERE community_id = NEW.community_id AND act_id = NEW.act_id);
  SELECT RAISE(ABORT, 'sealed: the number is taken') WHERE EXISTS
    (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.act_id);
  SELECT RAISE(ABORT, 'act-target: the act names nothing it could change') WHERE CASE
    WHEN NEW.kind IN ('close', 'reopen') THEN NOT EXISTS
      (SELECT 1 FROM period WHERE community_id = NEW.community_id AND period_id = NEW.period_id
         AND state = CASE NEW.kind WHEN 'close' THEN 'open' ELSE 'closed' END)
    WHEN NEW.kind = 'limits' THEN NEW.account_id IS NULL
      OR coalesce(json_type(NEW.facts, '$.floor'), 'null') NOT IN ('integer', 'null')
      OR coalesce(json_type(NEW.facts, '$.ceiling'), 'null') NOT IN ('integer', 'null')
    WHEN NEW.kind = 'erase' THEN (NEW.entry_id IS NULL AND json_type(NEW.facts, '$.party') IS NULL)
      OR (NEW.entry_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM entry_text WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND body IS NOT NULL
           AND part = coalesce(json_extract(NEW.facts, '$.part'), part)))
      OR (json_type(NEW.facts, '$.party') IS NOT NULL AND (json_type(NEW.facts, '$.party') <> 'integer' OR NOT EXISTS
        (SELECT 1 FROM party_text WHERE community_id = NEW.community_id AND body IS NOT NULL
           AND party_id = json_extract(NEW.facts, '$.party'))))
    ELSE 0 END;
END;
-- What an act changes is changed here, by the database, from the act's own row; nobody else may.
CREATE TRIGGER act_apply AFTER INSERT ON act BEGIN
  UPDATE period SET state = CASE NEW.kind WHEN 'close' THEN 'closed' ELSE 'open' END, act_id = NEW.act_id
    WHERE NEW.kind IN ('close', 'reopen') AND community_id = NEW.community_id AND period_id = NEW.period_id;
  UPDATE balance SET floor = json_extract(NEW.facts, '$.floor'), ceiling = json_extract(NEW.facts, '$.ceiling'),
    limits_act = NEW.act_id, last_move = 0
    WHERE NEW.kind = 'limits' AND community_id = NEW.community_id AND account_id = NEW.account_id;
  UPDATE entry_text SET salt = NULL, body = NULL, erased_act = NEW.act_id
    WHERE NEW.kind = 'erase' AND community_id = NEW.community_id AND entry_id = NEW.entry_id AND body IS NOT NULL
      AND part = coalesce(json_extract(NEW.facts, '$.part'), part);
  UPDATE party_text SET salt = NULL, body = NULL, erased_act = NEW.act_id
    WHERE NEW.kind = 'erase' AND community_id = NEW.community_id AND party_id = json_extract(NEW.facts, '$.party')
      AND body IS NOT NULL;
  SELECT RAISE(ABORT, 'limits-guard: the limits do not fit') WHERE NEW.kind = 'limits' AND NOT EXISTS
    (SELECT 1 FROM balance WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND limits_act = NEW.act_id);
END;
CREATE TRIGGER act_frozen BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'append-only: act'); END;
CREATE TRIGGER act_kept BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'append-only: act'); END;
