-- Communities and their people.
-- Every refusal begins with a slug that ledger/database/error_translation.py knows and arrives as an IntegrityError.

CREATE TABLE community (
  community_id BIGINT NOT NULL,
  uid UUID NOT NULL,
  slug TEXT NOT NULL,
  CONSTRAINT community_pkey PRIMARY KEY (community_id),
  CONSTRAINT community_uid_key UNIQUE (uid),
  CONSTRAINT community_slug_key UNIQUE (slug),
  CONSTRAINT community_community_id_check CHECK (community_id > 0),
  CONSTRAINT community_slug_check CHECK (slug <> '')
);

CREATE TABLE party (
  community_id BIGINT NOT NULL,
  party_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  CONSTRAINT party_pkey PRIMARY KEY (community_id, party_id),
  CONSTRAINT party_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT party_party_id_check CHECK (party_id >= 0),
  CONSTRAINT party_kind_check CHECK (kind IN ('community', 'member', 'household', 'group', 'enterprise', 'peer', 'outside', 'system'))
);

-- Functions that change or lock rows run as the tables' owner, with pg_temp last, so that no temporary table shadows ours.
CREATE FUNCTION refuse(says text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', says USING ERRCODE = 'integrity_constraint_violation'; END $$;

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;

CREATE FUNCTION refuse_by_hand() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$;

CREATE FUNCTION identity_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN  -- arguments: the columns that may change
  IF (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER community_identity BEFORE UPDATE ON community FOR EACH ROW EXECUTE FUNCTION identity_kept('slug');
CREATE TRIGGER party_frozen BEFORE UPDATE ON party FOR EACH ROW EXECUTE FUNCTION append_only();
