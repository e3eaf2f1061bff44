-- The chart: units, funds, lines, programmes, decisions, and the accounts made of them.

CREATE TABLE unit (
  community_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  scale INTEGER NOT NULL,
  CONSTRAINT unit_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT unit_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT unit_code_check CHECK (code <> ''),
  CONSTRAINT unit_kind_check CHECK (kind IN ('time', 'money', 'value')),
  CONSTRAINT unit_scale_check CHECK (scale BETWEEN 0 AND 6)
) STRICT, WITHOUT ROWID;

CREATE TABLE fund (
  community_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT fund_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT fund_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT fund_code_check CHECK (code <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE chart_line (
  community_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  class TEXT NOT NULL,
  CONSTRAINT chart_line_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT chart_line_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT chart_line_code_check CHECK (code <> ''),
  CONSTRAINT chart_line_class_check CHECK (class IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'))
) STRICT, WITHOUT ROWID;

CREATE TABLE programme (
  community_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT programme_pkey PRIMARY KEY (community_id, code),
  CONSTRAINT programme_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT programme_code_check CHECK (code <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  community_id INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT decision_pkey PRIMARY KEY (community_id, decision_id),
  CONSTRAINT decision_code_community_id_key UNIQUE (code, community_id),
  CONSTRAINT decision_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT decision_decision_id_check CHECK (decision_id > 0),
  CONSTRAINT decision_code_check CHECK (code <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  community_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  chart TEXT NOT NULL,
  unit TEXT NOT NULL,
  fund TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (community_id, account_id),
  CONSTRAINT account_account_id_unit_fund_community_id_key UNIQUE (account_id, unit, fund, community_id),
  CONSTRAINT account_owner_id_chart_unit_fund_community_id_key UNIQUE (owner_id, chart, unit, fund, community_id),
  CONSTRAINT account_community_id_chart_fkey FOREIGN KEY (community_id, chart) REFERENCES chart_line (community_id, code),
  CONSTRAINT account_community_id_unit_fkey FOREIGN KEY (community_id, unit) REFERENCES unit (community_id, code),
  CONSTRAINT account_community_id_fund_fkey FOREIGN KEY (community_id, fund) REFERENCES fund (community_id, code),
  CONSTRAINT account_community_id_owner_id_fkey FOREIGN KEY (community_id, owner_id) REFERENCES party (community_id, party_id),
  CONSTRAINT account_account_id_check CHECK (account_id > 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER unit_insert BEFORE INSERT ON unit BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: unit') WHERE EXISTS
    (SELECT 1 FROM unit WHERE community_id = NEW.community_id AND code = NEW.code);
END;
CREATE TRIGGER unit_frozen BEFORE UPDATE ON unit BEGIN SELECT RAISE(ABORT, 'append-only: unit'); END;
CREATE TRIGGER unit_kept BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'append-only: unit'); END;

CREATE TRIGGER fund_insert BEFORE INSERT ON fund BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: fund') WHERE EXISTS
    (SELECT 1 FROM fund WHERE community_id = NEW.community_id AND code = NEW.code);
END;
CREATE TRIGGER fund_frozen BEFORE UPDATE ON fund BEGIN SELECT RAISE(ABORT, 'append-only: fund'); END;
CREATE TRIGGER fund_kept BEFORE DELETE ON fund BEGIN SELECT RAISE(ABORT, 'append-only: fund'); END;

CREATE TRIGGER chart_line_insert BEFORE INSERT ON chart_line BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: chart_line') WHERE EXISTS
    (SELECT 1 FROM chart_line WHERE community_id = NEW.community_id AND code = NEW.code);
END;
CREATE TRIGGER chart_line_frozen BEFORE UPDATE ON chart_line BEGIN SELECT RAISE(ABORT, 'append-only: chart_line'); END;
CREATE TRIGGER chart_line_kept BEFORE DELETE ON chart_line BEGIN SELECT RAISE(ABORT, 'append-only: chart_line'); END;

CREATE TRIGGER programme_insert BEFORE INSERT ON programme BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: programme') WHERE EXISTS
    (SELECT 1 FROM programme WHERE community_id = NEW.community_id AND code = NEW.code);
END;
CREATE TRIGGER programme_frozen BEFORE UPDATE ON programme BEGIN SELECT RAISE(ABORT, 'append-only: programme'); END;
CREATE TRIGGER programme_kept BEFORE DELETE ON programme BEGIN SELECT RAISE(ABORT, 'append-only: programme'); END;

CREATE TRIGGER decision_insert BEFORE INSERT ON decision BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: decision') WHERE
    EXISTS (SELECT 1 FROM decision WHERE community_id = NEW.community_id AND decision_id = NEW.decision_id)
    OR EXISTS (SELECT 1 FROM decision WHERE community_id = NEW.community_id AND code = NEW.code);
END;
CREATE TRIGGER decision_frozen BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'append-only: decision'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'append-only: decision'); END;

CREATE TRIGGER account_insert BEFORE INSERT ON account BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: account') WHERE
    EXISTS (SELECT 1 FROM account WHERE community_id = NEW.community_id AND account_id = NEW.account_id)
    OR EXISTS (SELECT 1 FROM account WHERE community_id = NEW.community_id AND chart = NEW.chart AND unit = NEW.unit
               AND fund = NEW.fund AND owner_id = NEW.owner_id);
END;
CREATE TRIGGER account_frozen BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'append-only: account'); END;
CREATE TRIGGER account_kept BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'append-only: account'); END;

-- Made with the account, so that its first use never races.
CREATE TRIGGER account_balance AFTER INSERT ON account BEGIN
  INSERT INTO balance (community_id, account_id) VALUES (NEW.community_id, NEW.account_id);
END;
