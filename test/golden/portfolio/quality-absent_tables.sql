SELECT 0 AS affected, 15 AS looked_at, '' AS tables;
