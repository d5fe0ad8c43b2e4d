(coalesce((f."days_past_due" >= ?) AND (f."days_past_due" < ?), false)) AND (((coalesce(f."currency" = ?, false)) AND (coalesce((f."balance" >= CAST(? AS DECIMAL(18,2))), false))) OR (NOT (f."flag:plan"))) AND (coalesce((f."score:self-cure" < ?), false)) AND (NOT coalesce(f."product_type" IN (?), false))
-- [1,30,"MXN",500,0.95,"card"]
