SELECT avg(CASE WHEN coalesce((f."days_past_due" >= ?) AND (f."days_past_due" < ?), false) THEN f."score:self-cure" END) AS chosen, avg(f."score:self-cure") AS widened
    FROM (SELECT * FROM facts) f WHERE true
-- [1,60]
