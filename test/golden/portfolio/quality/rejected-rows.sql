SELECT CAST(coalesce(sum(rejected), 0) AS BIGINT) AS affected, CAST(coalesce(sum(rejected), 0) + 180 AS BIGINT) AS looked_at
FROM loads WHERE state = 'live';
