SELECT f."bucket", f."currency", f."product_type", f."account_status", f."customer_type", f."country", f."jurisdiction", f."language", CAST(count(*) FILTER (WHERE true) AS BIGINT) AS n FROM (SELECT * FROM facts) f
    GROUP BY GROUPING SETS ((f."bucket"), (f."currency"), (f."product_type"), (f."account_status"), (f."customer_type"), (f."country"), (f."jurisdiction"), (f."language"))
    ORDER BY n DESC, f."bucket", f."currency", f."product_type", f."account_status", f."customer_type", f."country", f."jurisdiction", f."language"
-- []
