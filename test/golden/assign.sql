WITH hashed AS (
      SELECT u.customer_id, u.stratum, md5(nfc_normalize((? || u.customer_id))) AS hash FROM (SELECT customer_id, stratum FROM units) u
    ), placed AS (
      SELECT customer_id, stratum, hash,
        row_number() OVER (PARTITION BY stratum ORDER BY hash, customer_id) - 1 AS place,
        count(*) OVER (PARTITION BY stratum) AS people
      FROM hashed
    ), rests AS (
      SELECT customer_id, row_number() OVER (ORDER BY md5(nfc_normalize((? || stratum))), stratum, place) - 1 AS place
      FROM placed WHERE place >= people - people % 3
    )
    SELECT p.customer_id, p.stratum, s.arm,
      CAST(CASE WHEN r.customer_id IS NULL THEN (p.place // 3) ELSE -1 - (r.place // 3) END AS BIGINT) AS block,
      CAST(s.propensity AS DOUBLE) AS propensity, p.hash
    FROM placed p
    LEFT JOIN rests r ON r.customer_id = p.customer_id
    JOIN (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) s(slot, arm, propensity)
      ON s.slot = CASE WHEN r.customer_id IS NULL THEN p.place % 3
        ELSE (r.place + 2) % 3 END
-- ["a1:","a1:stratum:",0,"n",0.3333333333333333,1,"l",0.3333333333333333,2,"s",0.3333333333333333]
