-- What a closed month held and moved, written within its close; and nothing is entered before a closed month.

CREATE TABLE period_balance (
  community_id BIGINT NOT NULL,
  act_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  opening BIGINT NOT NULL,
  movement BIGINT NOT NULL,
  closing BIGINT NOT NULL,
  CONSTRAINT period_balance_pkey PRIMARY KEY (community_id, act_id, account_id),
  CONSTRAINT period_balance_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT period_balance_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT period_balance_closing_check CHECK (closing = opening + movement)
);

CREATE TABLE period_movement (
  community_id BIGINT NOT NULL,
  act_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  programme TEXT NOT NULL,
  movement BIGINT NOT NULL,
  CONSTRAINT period_movement_pkey PRIMARY KEY (community_id, act_id, account_id, programme),
  CONSTRAINT period_movement_community_id_act_id_account_id_fkey FOREIGN KEY (community_id, act_id, account_id) REFERENCES period_balance (community_id, act_id, account_id),
  CONSTRAINT period_movement_community_id_programme_fkey FOREIGN KEY (community_id, programme) REFERENCES programme (community_id, code),
  CONSTRAINT period_movement_movement_check CHECK (movement <> 0)
);

CREATE INDEX act_month ON act (period_id, community_id) WHERE period_id IS NOT NULL;

-- An unsealed act can only be one of this very transaction: no other can commit without its seal.
CREATE FUNCTION period_rows_insert() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE
       (SELECT a.kind FROM act a WHERE a.community_id = n.community_id AND a.act_id = n.act_id) IS DISTINCT FROM 'close'
       OR (SELECT s.seq FROM seal s WHERE s.community_id = n.community_id AND s.seq = n.act_id) IS NOT NULL) THEN
    PERFORM refuse('late-balance: its act is sealed or closes no month');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER period_balance_insert AFTER INSERT ON period_balance REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION period_rows_insert();
CREATE TRIGGER period_movement_insert AFTER INSERT ON period_movement REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION period_rows_insert();

CREATE TRIGGER period_balance_frozen BEFORE UPDATE ON period_balance FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER period_balance_kept BEFORE DELETE ON period_balance FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER period_balance_whole BEFORE TRUNCATE ON period_balance FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER period_movement_frozen BEFORE UPDATE ON period_movement FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER period_movement_kept BEFORE DELETE ON period_movement FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER period_movement_whole BEFORE TRUNCATE ON period_movement FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- What a closed month opened with stays: a month before it takes no entry either, whether anyone closed it or not.
-- Runs after seal_insert, by its name, and so behind the lock on the head.
CREATE FUNCTION seal_months() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
DECLARE closed bigint;
BEGIN
  SELECT max(p.period_id) INTO closed FROM period p
    WHERE p.community_id = (SELECT s.community_id FROM new_rows s LIMIT 1) AND p.state = 'closed';
  IF closed IS NOT NULL AND EXISTS (SELECT 1 FROM new_rows s WHERE s.subject = 'E' AND
       (SELECT j.period_id FROM journal_entry j WHERE j.community_id = s.community_id AND j.entry_id = s.seq) < closed) THEN
    PERFORM refuse('period-closed: a later month is closed');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER seal_months AFTER INSERT ON seal REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION seal_months();
