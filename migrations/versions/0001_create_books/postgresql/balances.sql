-- Balances, and the holds that reserve part of them.

CREATE TABLE balance (
  community_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  posted BIGINT DEFAULT 0 NOT NULL,
  held_debit BIGINT DEFAULT 0 NOT NULL,
  held_credit BIGINT DEFAULT 0 NOT NULL,
  last_move BIGINT DEFAULT 0 NOT NULL,
  last_entry BIGINT DEFAULT 0 NOT NULL,
  floor BIGINT,
  ceiling BIGINT,
  limits_act BIGINT,
  CONSTRAINT balance_pkey PRIMARY KEY (community_id, account_id),
  CONSTRAINT balance_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT balance_community_id_limits_act_fkey FOREIGN KEY (community_id, limits_act) REFERENCES act (community_id, act_id),
  CONSTRAINT balance_held_debit_check CHECK (held_debit >= 0),
  CONSTRAINT balance_held_credit_check CHECK (held_credit >= 0),
  CONSTRAINT balance_limits_check CHECK (floor <= ceiling),
  CONSTRAINT balance_below_floor CHECK (floor IS NULL OR posted - held_credit >= floor OR last_move >= 0),
  CONSTRAINT balance_above_ceiling CHECK (ceiling IS NULL OR posted + held_debit <= ceiling OR last_move <= 0)
) WITH (fillfactor = 70);

CREATE TABLE hold (
  community_id BIGINT NOT NULL,
  hold_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  entered_by BIGINT NOT NULL,
  recorded_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP(3) WITH TIME ZONE,
  state TEXT DEFAULT 'open' NOT NULL,
  entry_id BIGINT,
  CONSTRAINT hold_pkey PRIMARY KEY (community_id, hold_id),
  CONSTRAINT hold_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, account_id),
  CONSTRAINT hold_community_id_entered_by_fkey FOREIGN KEY (community_id, entered_by) REFERENCES party (community_id, party_id),
  CONSTRAINT hold_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT hold_hold_id_check CHECK (hold_id > 0),
  CONSTRAINT hold_amount_check CHECK (amount <> 0 AND amount BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT hold_state_check CHECK (state IN ('open', 'settled', 'voided', 'expired')),
  CONSTRAINT hold_entry_check CHECK ((state = 'settled') = (entry_id IS NOT NULL))
);
CREATE INDEX hold_entry ON hold (entry_id, community_id) WHERE entry_id IS NOT NULL;
CREATE INDEX hold_open ON hold (account_id, community_id) WHERE state = 'open';

CREATE TRIGGER balance_insert BEFORE INSERT ON balance FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse_by_hand('balance-guard: made with its account only');
CREATE TRIGGER balance_by_hand BEFORE UPDATE ON balance FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse_by_hand('balance-guard: only a seal moves a balance');

CREATE FUNCTION hold_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE b balance%ROWTYPE; sign bigint := 1;
BEGIN
  PERFORM 1 FROM chain_head WHERE community_id = NEW.community_id FOR NO KEY UPDATE;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN PERFORM refuse('already-there: hold'); END IF;
  ELSE
    IF OLD.state <> 'open' OR NEW.state = 'open'
       OR (to_jsonb(NEW) - '{state,entry_id}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{state,entry_id}'::text[]) THEN
      PERFORM refuse('hold-ended: a hold ends once');
    END IF;
    IF NEW.state = 'settled' AND EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id) THEN
      PERFORM refuse('hold-entry: settle within the entry''s own transaction');
    END IF;
    sign := -1;
  END IF;
  UPDATE balance SET held_debit = held_debit + sign * greatest(NEW.amount, 0),
      held_credit = held_credit + sign * greatest(-NEW.amount, 0), last_move = 0
    WHERE community_id = NEW.community_id AND account_id = NEW.account_id RETURNING * INTO b;
  IF TG_OP = 'INSERT' AND ((NEW.amount > 0 AND b.posted + b.held_debit > b.ceiling)
                           OR (NEW.amount < 0 AND b.posted - b.held_credit < b.floor)) THEN
    PERFORM refuse('over-limit: the hold does not fit');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_insert AFTER INSERT ON hold FOR EACH ROW EXECUTE FUNCTION hold_change();
CREATE TRIGGER hold_end BEFORE UPDATE ON hold FOR EACH ROW EXECUTE FUNCTION hold_change();
