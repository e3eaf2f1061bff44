-- The chain: seals, the last link, and the acts that move no value.

CREATE TABLE seal (
  community_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  subject TEXT NOT NULL,
  digest BYTEA NOT NULL,
  prev_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  CONSTRAINT seal_pkey PRIMARY KEY (community_id, seq),
  CONSTRAINT seal_seq_check CHECK (seq > 0),
  CONSTRAINT seal_subject_check CHECK (subject IN ('E', 'A')),
  CONSTRAINT seal_digest_check CHECK (length(digest) = 32),
  CONSTRAINT seal_prev_hash_check CHECK (length(prev_hash) = 32),
  CONSTRAINT seal_hash_check CHECK (hash = sha256('hourstead.link.1'::bytea || prev_hash || int8send(seq) || digest))
);

CREATE TABLE chain_head (
  community_id BIGINT NOT NULL,
  seq BIGINT DEFAULT 0 NOT NULL,
  hash BYTEA NOT NULL,
  touched SMALLINT DEFAULT 0 NOT NULL,
  CONSTRAINT chain_head_pkey PRIMARY KEY (community_id),
  CONSTRAINT chain_head_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT chain_head_hash_check CHECK (length(hash) = 32),
  CONSTRAINT chain_head_touched_check CHECK (touched = 0)
) WITH (fillfactor = 50);

CREATE TABLE act (
  community_id BIGINT NOT NULL,
  act_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  period_id BIGINT,
  account_id BIGINT,
  entry_id BIGINT,
  entered_by BIGINT NOT NULL,
  decision_id BIGINT,
  recorded_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  facts TEXT DEFAULT '{}' NOT NULL,
  CONSTRAINT act_pkey PRIMARY KEY (community_id, act_id),
  CONSTRAINT act_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES seal (community_id, seq) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT act_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT act_community_id_entered_by_fkey FOREIGN KEY (community_id, entered_by) REFERENCES party (community_id, party_id),
  CONSTRAINT act_community_id_decision_id_fkey FOREIGN KEY (community_id, decision_id) REFERENCES decision (community_id, decision_id),
  CONSTRAINT act_act_id_check CHECK (act_id > 0),
  CONSTRAINT act_kind_check CHECK (kind <> ''),
  CONSTRAINT act_facts_check CHECK (json_typeof(facts::json) = 'object')
);

CREATE FUNCTION chain_head_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.seq <> 0 OR NEW.hash IS DISTINCT FROM
     (SELECT sha256(convert_to('hourstead.chain.1' || uid::text, 'UTF8')) FROM community WHERE community_id = NEW.community_id) THEN
    PERFORM refuse('chain-broken: a head is made once, at 0');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER chain_head_insert BEFORE INSERT ON chain_head FOR EACH ROW EXECUTE FUNCTION chain_head_insert();
CREATE TRIGGER chain_head_by_hand BEFORE UPDATE ON chain_head FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse_by_hand('chain-broken: the head follows a seal');

-- Whether a fact is a whole number, null or absent; judged in a statement of its own, because planning one already casts.
CREATE FUNCTION whole(fact json) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(fact::text, 'null') ~ '^(null|-?[0-9]{1,18})$' $$;

-- What an act changes is changed here, by the database, from the act's own row; nobody else may.
-- The head is locked first: nobody can be sealing this number meanwhile.
CREATE FUNCTION act_apply() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE f json := NEW.facts::json; done integer := 1;
BEGIN
  PERFORM 1 FROM chain_head WHERE community_id = NEW.community_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.act_id) THEN
    PERFORM refuse('sealed: the number is taken');
  END IF;
  IF NEW.kind IN ('close', 'reopen') THEN
    UPDATE period SET state = CASE NEW.kind WHEN 'close' THEN 'closed' ELSE 'open' END, act_id = NEW.act_id
      WHERE community_id = NEW.community_id AND period_id = NEW.period_id
        AND state = CASE NEW.kind WHEN 'close' THEN 'open' ELSE 'closed' END;
    GET DIAGNOSTICS done = ROW_COUNT;
  ELSIF NEW.kind = 'limits' AND NOT (whole(f -> 'floor') AND whole(f -> 'ceiling')) THEN
    done := 0;
  ELSIF NEW.kind = 'limits' THEN
    UPDATE balance SET floor = (f ->> 'floor')::bigint, ceiling = (f ->> 'ceiling')::bigint, limits_act = NEW.act_id, last_move = 0
      WHERE community_id = NEW.community_id AND account_id = NEW.account_id;
    GET DIAGNOSTICS done = ROW_COUNT;
  ELSIF NEW.kind = 'erase' THEN
    done := act_erase(NEW.community_id, NEW.act_id, NEW.entry_id, f);
  END IF;
  IF done = 0 THEN PERFORM refuse('act-target: the act names nothing it could change'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER act_apply AFTER INSERT ON act FOR EACH ROW EXECUTE FUNCTION act_apply();

-- Erases an entry's words, or one part of them, and a party's names; 0 where something named has nothing left to erase.
CREATE FUNCTION act_erase(community bigint, number bigint, entry bigint, f json) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS
$$
DECLARE texts integer := 1; names integer := 1;
BEGIN
  IF entry IS NULL AND f -> 'party' IS NULL THEN RETURN 0; END IF;
  IF entry IS NOT NULL THEN
    UPDATE entry_text SET salt = NULL, body = NULL, erased_act = number
      WHERE community_id = community AND entry_id = entry AND body IS NOT NULL AND part = coalesce(f ->> 'part', part);
    GET DIAGNOSTICS texts = ROW_COUNT;
  END IF;
  IF f -> 'party' IS NOT NULL THEN
    IF json_typeof(f -> 'party') = 'null' OR NOT whole(f -> 'party') THEN RETURN 0; END IF;
    UPDATE party_text SET salt = NULL, body = NULL, erased_act = number
      WHERE community_id = community AND party_id = (f ->> 'party')::bigint AND body IS NOT NULL;
    GET DIAGNOSTICS names = ROW_COUNT;
  END IF;
  RETURN least(texts, names);
END $$;

CREATE TRIGGER seal_frozen BEFORE UPDATE ON seal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER act_frozen BEFORE UPDATE ON act FOR EACH ROW EXECUTE FUNCTION append_only();

-- A community begins with its head at 0. (SQLite cannot compute SHA-256: there whoever makes the community writes the row.)
CREATE FUNCTION community_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  INSERT INTO chain_head (community_id, hash)
    VALUES (NEW.community_id, sha256(convert_to('hourstead.chain.1' || NEW.uid::text, 'UTF8')));
  RETURN NULL;
END $$;
CREATE TRIGGER community_begins AFTER INSERT ON community FOR EACH ROW EXECUTE FUNCTION community_begins();
