-- The journal: months, entries, lines, words.

CREATE TABLE period (
  community_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  state TEXT DEFAULT 'open' NOT NULL,
  act_id BIGINT,
  CONSTRAINT period_pkey PRIMARY KEY (community_id, period_id),
  CONSTRAINT period_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT period_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT period_period_id_check CHECK (period_id BETWEEN 190001 AND 299912 AND period_id % 100 BETWEEN 1 AND 12),
  CONSTRAINT period_state_check CHECK (state IN ('open', 'closed'))
);

CREATE TABLE journal_entry (
  community_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  family TEXT NOT NULL,
  effective_on DATE NOT NULL,
  period_id BIGINT NOT NULL,
  recorded_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  about_on DATE,
  entered_by BIGINT NOT NULL,
  on_behalf_of BIGINT,
  confirmed_by BIGINT,
  decision_id BIGINT,
  reverses BIGINT,
  corrects BIGINT,
  agreement_id BIGINT,
  document TEXT,
  privacy TEXT DEFAULT 'members' NOT NULL,
  idem_scope TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  fingerprint BYTEA NOT NULL,
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
  CONSTRAINT journal_entry_about_on_check CHECK (about_on < effective_on),
  CONSTRAINT journal_entry_confirmed_by_check CHECK (confirmed_by <> entered_by),
  CONSTRAINT journal_entry_reverses_check CHECK (reverses < entry_id),
  CONSTRAINT journal_entry_corrects_check CHECK (corrects < entry_id),
  CONSTRAINT journal_entry_document_check CHECK (document <> ''),
  CONSTRAINT journal_entry_privacy_check CHECK (privacy IN ('open', 'members', 'private')),
  CONSTRAINT journal_entry_idem_scope_check CHECK (idem_scope <> ''),
  CONSTRAINT journal_entry_idem_key_check CHECK (length(idem_key) BETWEEN 1 AND 200),
  CONSTRAINT journal_entry_fingerprint_check CHECK (length(fingerprint) = 32),
  CONSTRAINT journal_entry_month_check CHECK (period_id = extract(year FROM effective_on) * 100 + extract(month FROM effective_on)),
  CONSTRAINT journal_entry_facts_check CHECK (json_typeof(facts::json) = 'object')
);
CREATE INDEX journal_entry_agreement ON journal_entry (agreement_id, community_id) WHERE agreement_id IS NOT NULL;
CREATE INDEX journal_entry_corrected ON journal_entry (corrects, community_id) WHERE corrects IS NOT NULL;
CREATE INDEX journal_entry_month ON journal_entry (period_id, community_id);
CREATE UNIQUE INDEX journal_entry_reversed_once ON journal_entry (reverses, community_id) WHERE reverses IS NOT NULL;

CREATE TABLE posting (
  community_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  unit TEXT NOT NULL,
  fund TEXT NOT NULL,
  effective_on DATE NOT NULL,
  period_id BIGINT NOT NULL,
  programme TEXT,
  amount BIGINT NOT NULL,
  quantity_milli BIGINT,
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
  CONSTRAINT posting_month_check CHECK (period_id = extract(year FROM effective_on) * 100 + extract(month FROM effective_on))
);
CREATE INDEX posting_month ON posting (period_id, account_id, community_id);
CREATE INDEX posting_statement ON posting (account_id, community_id, effective_on);

CREATE TABLE entry_text (
  community_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  part TEXT NOT NULL,
  mac BYTEA NOT NULL,
  salt BYTEA,
  body TEXT,
  erased_act BIGINT,
  CONSTRAINT entry_text_pkey PRIMARY KEY (community_id, entry_id, part),
  CONSTRAINT entry_text_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT entry_text_community_id_erased_act_fkey FOREIGN KEY (community_id, erased_act) REFERENCES act (community_id, act_id),
  CONSTRAINT entry_text_part_check CHECK (part IN ('narration', 'reason', 'note')),
  CONSTRAINT entry_text_mac_check CHECK (length(mac) = 32),
  CONSTRAINT entry_text_salt_check CHECK (length(salt) = 32),
  CONSTRAINT entry_text_erased_check CHECK ((salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL))
);

CREATE FUNCTION period_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.state <> 'open' OR NEW.act_id IS NOT NULL THEN PERFORM refuse('period-guard: a period is made open, once'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER period_insert BEFORE INSERT ON period FOR EACH ROW EXECUTE FUNCTION period_insert();
CREATE TRIGGER period_by_hand BEFORE UPDATE ON period FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse_by_hand('period-guard: needs its own act in this transaction');

-- An entry under a number that an act has sealed would commit without a seal of its own. The head is locked first:
-- nobody can be sealing this number meanwhile.
CREATE FUNCTION journal_entry_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
DECLARE c bigint;
BEGIN
  FOR c IN SELECT DISTINCT n.community_id FROM new_rows n ORDER BY 1 LOOP
    PERFORM 1 FROM chain_head h WHERE h.community_id = c FOR NO KEY UPDATE;
  END LOOP;
  IF EXISTS (SELECT 1 FROM new_rows n WHERE
       (SELECT s.seq FROM seal s WHERE s.community_id = n.community_id AND s.seq = n.entry_id) IS NOT NULL) THEN
    PERFORM refuse('sealed: the number is taken');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_entry_insert AFTER INSERT ON journal_entry REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_insert();

-- An unsealed entry can only be one of this very transaction: no other can commit without its seal.
-- Asking that the entry be visible too keeps this true in a REPEATABLE READ snapshot.
CREATE FUNCTION posting_insert() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE
       (SELECT e.effective_on FROM journal_entry e WHERE e.community_id = n.community_id AND e.entry_id = n.entry_id)
         IS DISTINCT FROM n.effective_on
       OR (SELECT s.seq FROM seal s WHERE s.community_id = n.community_id AND s.seq = n.entry_id) IS NOT NULL) THEN
    PERFORM refuse('late-posting: the entry is sealed or unknown');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER posting_insert AFTER INSERT ON posting REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION posting_insert();

CREATE FUNCTION entry_text_insert() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE n.body IS NULL
       OR (SELECT e.entry_id FROM journal_entry e WHERE e.community_id = n.community_id AND e.entry_id = n.entry_id) IS NULL
       OR (SELECT s.seq FROM seal s WHERE s.community_id = n.community_id AND s.seq = n.entry_id) IS NOT NULL) THEN
    PERFORM refuse('late-text: the entry is sealed or unknown, or the text is empty');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_text_insert AFTER INSERT ON entry_text REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION entry_text_insert();
CREATE TRIGGER entry_text_by_hand BEFORE UPDATE ON entry_text FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse_by_hand('text-guard: text can only be erased, with its own act');

CREATE TRIGGER journal_entry_frozen BEFORE UPDATE ON journal_entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER posting_frozen BEFORE UPDATE ON posting FOR EACH ROW EXECUTE FUNCTION append_only();
