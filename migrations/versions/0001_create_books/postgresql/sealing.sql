-- One statement seals a run of entries or acts of one community. Scalar sub-queries and OFFSET 0 keep the plans at index
-- probes for each new row, whatever the statistics say: with plain joins a long import gets slower and slower.

CREATE FUNCTION seal_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
DECLARE
  c bigint; c2 bigint; n bigint; first_seq bigint; last_seq bigint; first_prev bytea; last_hash bytea;
  head_seq bigint; head_hash bytea; wrong bigint; reversals bigint; bad record; k bigint;
BEGIN
  -- The links follow the head, which stays locked until the end of the transaction.
  SELECT min(community_id), max(community_id), count(*), min(seq), max(seq), (array_agg(prev_hash ORDER BY seq))[1],
      (array_agg(hash ORDER BY seq DESC))[1] INTO c, c2, n, first_seq, last_seq, first_prev, last_hash FROM new_rows;
  IF n = 0 THEN RETURN NULL; END IF;
  IF c <> c2 THEN PERFORM refuse('two-communities: one statement seals one community'); END IF;
  SELECT h.seq, h.hash INTO head_seq, head_hash FROM chain_head h WHERE h.community_id = c FOR NO KEY UPDATE;
  IF first_seq IS DISTINCT FROM head_seq + 1 OR last_seq <> head_seq + n OR first_prev <> head_hash THEN
    PERFORM refuse('chain-broken: not the next link');
  END IF;
  IF n > 1 AND EXISTS (SELECT 1 FROM (SELECT s.prev_hash, lag(s.hash) OVER (ORDER BY s.seq) AS was FROM new_rows s) x
                       WHERE x.was <> x.prev_hash) THEN
    PERFORM refuse('chain-broken: links do not join');
  END IF;

  -- Each holds exactly one entry or one act; an entry has two lines or more, balances, and is in an open month.
  SELECT count(x.reverses), min(x.seq) FILTER (WHERE x.is_entry <> (x.subject = 'E') OR x.is_act <> (x.subject = 'A')
           OR (x.is_entry AND (x.lines < 2 OR x.unbalanced OR x.period_state IS DISTINCT FROM 'open'))) INTO reversals, wrong
  FROM (
    SELECT s.seq, s.subject, e.reverses, e.entry_id IS NOT NULL AS is_entry,
      (SELECT a.act_id FROM act a WHERE a.community_id = c AND a.act_id = s.seq) IS NOT NULL AS is_act,
      (SELECT count(*) FROM posting p WHERE p.community_id = c AND p.entry_id = s.seq) AS lines,
      EXISTS (SELECT 1 FROM posting p WHERE p.community_id = c AND p.entry_id = s.seq
              GROUP BY p.unit, p.fund HAVING sum(p.amount) <> 0) AS unbalanced,
      (SELECT q.state FROM period q WHERE q.community_id = c AND q.period_id = e.period_id) AS period_state
    FROM new_rows s LEFT JOIN LATERAL (SELECT j.entry_id, j.reverses, j.period_id FROM journal_entry j
                                       WHERE j.community_id = c AND j.entry_id = s.seq OFFSET 0) e ON true) x;
  IF wrong IS NOT NULL THEN
    PERFORM refuse(CASE
      WHEN EXISTS (SELECT 1 FROM new_rows s WHERE s.seq = wrong
             AND ((s.subject = 'E') <> EXISTS (SELECT 1 FROM journal_entry j WHERE j.community_id = c AND j.entry_id = wrong)
               OR (s.subject = 'A') <> EXISTS (SELECT 1 FROM act a WHERE a.community_id = c AND a.act_id = wrong)))
        THEN 'seal-subject: a seal holds exactly one entry or one act'
      WHEN (SELECT count(*) FROM posting p WHERE p.community_id = c AND p.entry_id = wrong) < 2
        THEN 'too-few-postings: an entry has two or more'
      WHEN EXISTS (SELECT 1 FROM posting p WHERE p.community_id = c AND p.entry_id = wrong
                   GROUP BY p.unit, p.fund HAVING sum(p.amount) <> 0)
        THEN 'unbalanced: each unit and fund must sum to zero'
      ELSE 'period-closed: the month is not open' END || ' (no. ' || wrong || ')');
  END IF;

  -- A reversal mirrors its original line for line; quantities are repeated as they are.
  IF reversals > 0 THEN FOR bad IN
    SELECT e.entry_id, e.reverses FROM new_rows s CROSS JOIN LATERAL (SELECT j.entry_id, j.reverses FROM journal_entry j
      WHERE j.community_id = c AND j.entry_id = s.seq AND j.reverses IS NOT NULL OFFSET 0) e
  LOOP
    IF EXISTS (SELECT 1 FROM journal_entry o WHERE o.community_id = c AND o.entry_id = bad.reverses AND o.reverses IS NOT NULL) THEN
      PERFORM refuse('reversal-of-reversal: enter it again instead (no. ' || bad.entry_id || ')');
    END IF;
    IF EXISTS ((SELECT p.line, p.account_id, p.programme, p.amount, p.quantity_milli, p.quantity_unit, p.method
                FROM posting p WHERE p.community_id = c AND p.entry_id = bad.reverses)
               EXCEPT (SELECT p.line, p.account_id, p.programme, -p.amount, p.quantity_milli, p.quantity_unit, p.method
                FROM posting p WHERE p.community_id = c AND p.entry_id = bad.entry_id))
       OR (SELECT count(*) FROM posting p WHERE p.community_id = c AND p.entry_id = bad.reverses)
       <> (SELECT count(*) FROM posting p WHERE p.community_id = c AND p.entry_id = bad.entry_id) THEN
      PERFORM refuse('reversal-not-exact: every line must be the exact opposite (no. ' || bad.entry_id || ')');
    END IF;
  END LOOP; END IF;

  -- Limits are judged entry by entry, as on SQLite. For a single entry the CHECK on balance says the same.
  IF n > 1 THEN
    SELECT y.entry_id INTO k FROM (
      SELECT x.entry_id, x.move, b.posted + x.run - b.held_credit AS low, b.posted + x.run + b.held_debit AS high, b.floor, b.ceiling, x.reversal
      FROM (SELECT p.account_id, s.seq AS entry_id, bool_or(p.reversal) AS reversal, sum(p.amount) AS move,
                   sum(sum(p.amount)) OVER (PARTITION BY p.account_id ORDER BY s.seq) AS run
            FROM new_rows s CROSS JOIN LATERAL
              (SELECT q.account_id, q.amount, j.reverses IS NOT NULL AS reversal FROM journal_entry j, posting q
               WHERE j.community_id = c AND j.entry_id = s.seq AND q.community_id = c AND q.entry_id = s.seq OFFSET 0) p
            GROUP BY p.account_id, s.seq) x
      JOIN balance b ON b.community_id = c AND b.account_id = x.account_id
      WHERE b.floor IS NOT NULL OR b.ceiling IS NOT NULL) y
    WHERE NOT y.reversal AND ((y.low < y.floor AND y.move < 0) OR (y.high > y.ceiling AND y.move > 0))
    ORDER BY y.entry_id LIMIT 1;
    IF FOUND THEN PERFORM refuse('over-limit: a balance would pass its hard limit (no. ' || k || ')'); END IF;
  END IF;

  -- Moves the balances and the head. The last move is that of the account's last entry in the run, 0 for a reversal.
  UPDATE balance b SET posted = b.posted + m.move, last_entry = m.last_entry, last_move = m.last_move
  FROM (SELECT x.account_id, sum(x.move) AS move, max(x.seq) AS last_entry, (array_agg(x.own ORDER BY x.seq DESC))[1] AS last_move
        FROM (SELECT p.account_id, s.seq, sum(p.amount) AS move, CASE WHEN bool_or(p.reversal) THEN 0 ELSE sum(p.amount) END AS own
              FROM new_rows s CROSS JOIN LATERAL
                (SELECT q.account_id, q.amount, j.reverses IS NOT NULL AS reversal FROM journal_entry j, posting q
                 WHERE j.community_id = c AND j.entry_id = s.seq AND q.community_id = c AND q.entry_id = s.seq OFFSET 0) p
              GROUP BY p.account_id, s.seq) x
        GROUP BY x.account_id) m
  WHERE b.community_id = c AND b.account_id = m.account_id;
  UPDATE chain_head h SET seq = last_seq, hash = last_hash WHERE h.community_id = c;
  RETURN NULL;
END $$;
CREATE TRIGGER seal_insert AFTER INSERT ON seal REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION seal_insert();
