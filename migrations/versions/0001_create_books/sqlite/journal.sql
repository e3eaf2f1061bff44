-- The journal: months, entries, lines, words.

CREATE TABLE period (
  community_id INTEGER NOT NULL,
  period_id INTEGER NOT NULL,
  state TEXT DEFAULT 'open' NOT NULL,
  act_id INTEGER,
  CONSTRAINT period_pkey PRIMARY KEY (community_id, period_id),
  CONSTRAINT period_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT period_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT period_period_id_check CHECK (period_id BETWEEN 190001 AND 299912 AND period_id % 100 BETWEEN 1 AND 12),
  CONSTRAINT period_state_check CHECK (state IN ('open', 'closed'))
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_entry (
  community_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  family TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  period_id INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  about_on TEXT,
  entered_by INTEGER NOT NULL,
  on_behalf_of INTEGER,
  confirmed_by INTEGER,
  decision_id INTEGER,
  reverses INTEGER,
  corrects INTEGER,
  agreement_id INTEGER,
  document TEXT,
  privacy TEXT DEFAULT 'members' NOT NULL,
  idem_scope TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  facts TEXT DEFAULT '{}' NOT NULL,
  CONSTRAINT journal_entry_pkey PRIMARY KEY (community_id, entry_id),
  CONSTRAINT journal_entry_idem_key_idem_scope_community_id_key UNIQUE (idem_key, idem_scope, community_id),
  CONSTRAINT journal_entry_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES seal (community_id, seq) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT journal_entry_community_id_period_id_fkey FOREIGN KEY (community_id, period_id) REFERENCES period (community_id, period_id),
  CONSTRAINT journal_entry_community_id_entered_by_fkey FOREIGN KEY (community_id, entered_by) REFERENCES party (community_id, party_id),
  CONSTRAINT journal_entry_community_id_on_behalf_of_fkey FOREIGN KEY (community_id, on_behalf_of) REFERENCES party (community_id, party_id),
  CONSTRAINT journal_entry_community_id_confirmed_by_fkey FOREIGN KEY (community_id, confirmed_by) REFERENCES party (community_id, party_id),
  CONSTRAINT journal_entry_community_id_decision_id_fkey FOREIGN KEY (community_id, decision_id) REFERENCES decision (community_id, decision_id),
  CONSTRAINT journal_entry_community_id_reverses_fkey FOREIGN KEY (community_id, reverses) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT journal_entry_community_id_corrects_fkey FOREIGN KEY (community_id, corrects) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT journal_entry_community_id_agreement_id_fkey FOREIGN KEY (community_id, agreement_id) REFERENCES agreement (community_id, agreement_id),
  CONSTRAINT journal_entry_entry_id_check CHECK (entry_id > 0),
  CONSTRAINT journal_entry_kind_check CHECK (kind <> ''),
  CONSTRAINT journal_entry_family_check CHECK (family IN ('exchange', 'community', 'partner', 'barter', 'opening', 'year-close', 'other')),
  CONSTRAINT journal_entry_effective_on_check CHECK (date(effective_on, '+0 days') IS effective_on),
  CONSTRAINT journal_entry_about_on_check CHECK (about_on IS NULL OR (date(about_on, '+0 days') IS about_on AND about_on < effective_on)),
  CONSTRAINT journal_entry_confirmed_by_check CHECK (confirmed_by <> entered_by),
  CONSTRAINT journal_entry_reverses_check CHECK (reverses < entry_id),
  CONSTRAINT journal_entry_corrects_check CHECK (corrects < entry_id),
  CONSTRAINT journal_entry_document_check CHECK (document <> ''),
  CONSTRAINT journal_entry_privacy_check CHECK (privacy IN ('open', 'members', 'private')),
  CONSTRAINT journal_entry_idem_scope_check CHECK (idem_scope <> ''),
  CONSTRAINT journal_entry_idem_key_check CHECK (length(idem_key) BETWEEN 1 AND 200),
  CONSTRAINT journal_entry_fingerprint_check CHECK (length(fingerprint) = 32),
  CONSTRAINT journal_entry_month_check CHECK (period_id = CAST(substr(effective_on, 1, 4) AS INTEGER) * 100 + CAST(substr(effective_on, 6, 2) AS INTEGER)),
  CONSTRAINT journal_entry_recorded_at_check CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT journal_entry_facts_check CHECK (json_valid(facts) AND json_type(facts) = 'object')
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_entry_agreement ON journal_entry (agreement_id, community_id) WHERE agreement_id IS NOT NULL;
CREATE INDEX journal_entry_corrected ON journal_entry (corrects, community_id) WHERE corrects IS NOT NULL;
CREATE INDEX journal_entry_month ON journal_entry (period_id, community_id);
CREATE UNIQUE INDEX journal_entry_reversed_once ON journal_entry (reverses, community_id) WHERE reverses IS NOT NULL;

CREATE TABLE posting (
  community_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  unit TEXT NOT NULL,
  fund TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  period_id INTEGER NOT NULL,
  programme TEXT,
  amount INTEGER NOT NULL,
  quantity_milli INTEGER,
  quantity_unit TEXT,
  method TEXT,
  CONSTRAINT posting_pkey PRIMARY KEY (community_id, entry_id, line),
  CONSTRAINT posting_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT posting_community_id_account_id_unit_fund_fkey FOREIGN KEY (community_id, account_id, unit, fund) REFERENCES account (community_id, account_id, unit, fund),
  CONSTRAINT posting_community_id_programme_fkey FOREIGN KEY (community_id, programme) REFERENCES programme (community_id, code),
  CONSTRAINT posting_line_check CHECK (line > 0),
  CONSTRAINT posting_amount_check CHECK (amount <> 0 AND amount BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT posting_quantity_milli_check CHECK (quantity_milli BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT posting_quantity_unit_check CHECK (quantity_unit <> ''),
  CONSTRAINT posting_method_check CHECK (method IN ('metered', 'estimated', 'stated', 'weighed')),
  CONSTRAINT posting_quantity_check CHECK ((quantity_milli IS NULL) = (quantity_unit IS NULL) AND (quantity_unit IS NULL) = (method IS NULL)),
  CONSTRAINT posting_month_check CHECK (period_id = CAST(substr(effective_on, 1, 4) AS INTEGER) * 100 + CAST(substr(effective_on, 6, 2) AS INTEGER))
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_month ON posting (period_id, account_id, community_id);
CREATE INDEX posting_statement ON posting (account_id, community_id, effective_on);

CREATE TABLE entry_text (
  community_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  mac BLOB NOT NULL,
  salt BLOB,
  body TEXT,
  erased_act INTEGER,
  CONSTRAINT entry_text_pkey PRIMARY KEY (community_id, entry_id, part),
  CONSTRAINT entry_text_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT entry_text_community_id_erased_act_fkey FOREIGN KEY (community_id, erased_act) REFERENCES act (community_id, act_id),
  CONSTRAINT entry_text_part_check CHECK (part IN ('narration', 'reason', 'note')),
  CONSTRAINT entry_text_mac_check CHECK (length(mac) = 32),
  CONSTRAINT entry_text_salt_check CHECK (length(salt) = 32),
  CONSTRAINT entry_text_erased_check CHECK ((salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER period_insert BEFORE INSERT ON period BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'period-guard: a period is made open, once') WHERE NEW.state <> 'open' OR NEW.act_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM period WHERE community_id = NEW.community_id AND period_id = NEW.period_id);
END;
CREATE TRIGGER period_by_hand BEFORE UPDATE ON period BEGIN
  SELECT RAISE(ABORT, 'period-guard: needs its own act in this transaction') WHERE
    NEW.community_id <> OLD.community_id OR NEW.period_id <> OLD.period_id OR NEW.state = OLD.state OR NOT EXISTS
    (SELECT 1 FROM act WHERE community_id = OLD.community_id AND act_id = NEW.act_id AND period_id = OLD.period_id
       AND kind = CASE NEW.state WHEN 'closed' THEN 'close' WHEN 'open' THEN 'reopen' END)
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.act_id);
END;
CREATE TRIGGER period_kept BEFORE DELETE ON period BEGIN SELECT RAISE(ABORT, 'append-only: period'); END;

CREATE TRIGGER journal_entry_insert BEFORE INSERT ON journal_entry BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: journal_entry') WHERE
    EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id)
    OR EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND idem_scope = NEW.idem_scope
               AND idem_key = NEW.idem_key);
  SELECT RAISE(ABORT, 'already-reversed: an entry is reversed once') WHERE NEW.reverses IS NOT NULL AND EXISTS
    (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND reverses = NEW.reverses);
  SELECT RAISE(ABORT, 'sealed: the number is taken') WHERE EXISTS
    (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id);
END;
CREATE TRIGGER journal_entry_frozen BEFORE UPDATE ON journal_entry BEGIN
  SELECT RAISE(ABORT, 'append-only: journal_entry');
END;
CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry BEGIN
  SELECT RAISE(ABORT, 'append-only: journal_entry');
END;

-- An unsealed entry can only be one of this very transaction: no other can commit without its seal.
CREATE TRIGGER posting_insert BEFORE INSERT ON posting BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: posting') WHERE EXISTS
    (SELECT 1 FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND line = NEW.line);
  SELECT RAISE(ABORT, 'late-posting: the entry is sealed or unknown') WHERE
    EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id)
    OR NOT EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id
                   AND effective_on = NEW.effective_on);
END;
CREATE TRIGGER posting_frozen BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'append-only: posting'); END;
CREATE TRIGGER posting_kept BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'append-only: posting'); END;

CREATE TRIGGER entry_text_insert BEFORE INSERT ON entry_text BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: entry_text') WHERE EXISTS
    (SELECT 1 FROM entry_text WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND part = NEW.part);
  SELECT RAISE(ABORT, 'late-text: the entry is sealed or unknown, or the text is empty') WHERE NEW.body IS NULL
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id)
    OR NOT EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id);
END;
CREATE TRIGGER entry_text_by_hand BEFORE UPDATE ON entry_text BEGIN
  SELECT RAISE(ABORT, 'text-guard: text can only be erased, with its own act') WHERE
    NEW.community_id <> OLD.community_id OR NEW.entry_id <> OLD.entry_id OR NEW.part <> OLD.part OR NEW.mac <> OLD.mac
    OR NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR OLD.body IS NULL OR NOT EXISTS
    (SELECT 1 FROM act WHERE community_id = OLD.community_id AND act_id = NEW.erased_act AND kind = 'erase'
       AND entry_id = OLD.entry_id AND coalesce(json_extract(facts, '$.part'), OLD.part) = OLD.part)
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.erased_act);
END;
CREATE TRIGGER entry_text_kept BEFORE DELETE ON entry_text BEGIN SELECT RAISE(ABORT, 'append-only: entry_text'); END;
