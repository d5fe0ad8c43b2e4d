SELECT count(*) AS dates, count(DISTINCT CAST(date_trunc('month', as_of) AS DATE)) AS months,
  min(as_of) AS first_date, max(as_of) AS last_date
FROM (SELECT as_of FROM current_snapshots GROUP BY as_of) AS d;
