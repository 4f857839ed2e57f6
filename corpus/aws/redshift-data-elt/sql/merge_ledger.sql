BEGIN;
DELETE FROM core.ledger
 USING staging.ledger s
 WHERE core.ledger.entry_id = s.entry_id;
INSERT INTO core.ledger
SELECT *, DATE_PART(month, s.booked_on) >= {{ params.fiscal_year_start_month }} AS in_new_year
  FROM staging.ledger s
 WHERE s.booked_on <= :run_date;
COMMIT;
