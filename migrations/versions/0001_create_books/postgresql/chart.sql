-- The chart: units, funds, lines, programmes, decisions, and the accounts made of them.

CREATE TABLE unit (
  community_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  scale BIGINT NOT NULL,
  CONSTRAINT unit_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT unit_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT unit_code_check CHECK (code <> ''),
  CONSTRAINT unit_kind_check CHECK (kind IN ('time', 'money', 'value')),
  CONSTRAINT unit_scale_check CHECK (scale BETWEEN 0 AND 6)
);

CREATE TABLE fund (
  community_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT fund_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT fund_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT fund_code_check CHECK (code <> '')
);

CREATE TABLE chart_line (
  community_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  class TEXT NOT NULL,
  CONSTRAINT chart_line_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT chart_line_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT chart_line_code_check CHECK (code <> ''),
  CONSTRAINT chart_line_class_check CHECK (class IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'))
);

CREATE TABLE programme (
  community_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT programme_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT programme_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT programme_code_check CHECK (code <> '')
);

CREATE TABLE decision (
  community_id BIGINT NOT NULL,
  decision_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT decision_pkey PRIMARY KEY (community_id, decision_id),
  CONSTRAINT decision_code_community_id_key UNIQUE (code, community_id),
  CONSTRAINT decision_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT decision_decision_id_check CHECK (decision_id > 0),
  CONSTRAINT decision_code_check CHECK (code <> '')
);

CREATE TABLE account (
  community_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  chart TEXT NOT NULL,
  unit TEXT NOT NULL,
  fund TEXT NOT NULL,
  owner_id BIGINT NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (community_id, account_id),
  CONSTRAINT account_account_id_unit_fund_community_id_key UNIQUE (account_id, unit, fund, community_id),
  CONSTRAINT account_owner_id_chart_unit_fund_community_id_key UNIQUE (owner_id, chart, unit, fund, community_id),
  CONSTRAINT account_community_id_chart_fkey FOREIGN KEY (community_id, chart) REFERENCES chart_line (community_id, code),
  CONSTRAINT account_community_id_unit_fkey FOREIGN KEY (community_id, unit) REFERENCES unit (community_id, code),
  CONSTRAINT account_community_id_fund_fkey FOREIGN KEY (community_id, fund) REFERENCES fund (community_id, code),
  CONSTRAINT account_community_id_owner_id_fkey FOREIGN KEY (community_id, owner_id) REFERENCES party (community_id, party_id),
  CONSTRAINT account_account_id_check CHECK (account_id > 0)
);

CREATE TRIGGER unit_frozen BEFORE UPDATE ON unit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER fund_frozen BEFORE UPDATE ON fund FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER chart_line_frozen BEFORE UPDATE ON chart_line FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER programme_frozen BEFORE UPDATE ON programme FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER decision_frozen BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER account_frozen BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION append_only();

-- Made with the account, so that its first use never races.
CREATE FUNCTION account_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  INSERT INTO balance (community_id, account_id) VALUES (NEW.community_id, NEW.account_id);
  RETURN NULL;
END $$;
CREATE TRIGGER account_balance AFTER INSERT ON account FOR EACH ROW EXECUTE FUNCTION account_balance();
