SELECT greatest(6 - count(DISTINCT CAST(date_trunc('month', as_of) AS DATE)), 0) AS affected,
  6 AS looked_at, count(DISTINCT CAST(date_trunc('month', as_of) AS DATE)) AS months FROM current_snapshots;
