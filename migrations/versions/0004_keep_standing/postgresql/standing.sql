-- Whether a community's books can be written here. What was said before stays, and a move is for good.

CREATE TABLE standing (
  community_id BIGINT NOT NULL,
  standing_no BIGINT NOT NULL,
  state TEXT NOT NULL,
  about TEXT NOT NULL,
  since TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  CONSTRAINT standing_pkey PRIMARY KEY (community_id, standing_no),
  CONSTRAINT standing_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT standing_standing_no_check CHECK (standing_no > 0),
  CONSTRAINT standing_state_check CHECK (state IN ('open', 'read-only', 'moving', 'moved'))
);

-- The key holds two that come at once apart: the second finds the number taken.
CREATE FUNCTION standing_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM standing s WHERE s.community_id = NEW.community_id AND s.standing_no >= NEW.standing_no) THEN
    PERFORM refuse('already-there: standing');
  END IF;
  IF EXISTS (SELECT 1 FROM standing s WHERE s.community_id = NEW.community_id AND s.state = 'moved') THEN
    PERFORM refuse('moved: the books are kept elsewhere');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER standing_insert BEFORE INSERT ON standing FOR EACH ROW EXECUTE FUNCTION standing_insert();
CREATE TRIGGER standing_frozen BEFORE UPDATE ON standing FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER standing_kept BEFORE DELETE ON standing FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER standing_whole BEFORE TRUNCATE ON standing FOR EACH STATEMENT EXECUTE FUNCTION append_only();
