SELECT 0 AS affected, 10 AS looked_at, '' AS columns;
