WITH drawn AS (WITH hashed AS (
      SELECT u.customer_id, u.stratum, md5(nfc_normalize((? || u.customer_id))) AS hash FROM (SELECT customer_id, stratum FROM units) u
    ), placed AS (
      SELECT customer_id, stratum, hash,
        row_number() OVER (PARTITION BY stratum ORDER BY hash, customer_id) - 1 AS place,
        count(*) OVER (PARTITION BY stratum) AS people
      FROM hashed
    ), rests AS (
      SELECT customer_id, row_number() OVER (ORDER BY md5(nfc_normalize((? || stratum))), stratum, place) - 1 AS place
      FROM placed WHERE place >= people - people % 4
    )
    SELECT p.customer_id, p.stratum, s.arm,
      CAST(CASE WHEN r.customer_id IS NULL THEN (p.place // 4) ELSE -1 - (r.place // 4) END AS BIGINT) AS block,
      CAST(s.propensity AS DOUBLE) AS propensity, p.hash
    FROM placed p
    LEFT JOIN rests r ON r.customer_id = p.customer_id
    JOIN (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)) s(slot, arm, propensity)
      ON s.slot = CASE WHEN r.customer_id IS NULL THEN p.place % 4
        ELSE (r.place + 3) % 4 END),
    full_blocks AS (
      SELECT stratum, md5(nfc_normalize((? || stratum))) AS key, max(CASE WHEN block >= 0 THEN block + 1 ELSE 0 END) AS blocks FROM drawn GROUP BY stratum
    ), numbered AS (
      SELECT stratum, sum(blocks) OVER (ORDER BY key, stratum ROWS UNBOUNDED PRECEDING) - blocks AS before,
        sum(blocks) OVER () AS total FROM full_blocks
    )
    SELECT d.customer_id, d.stratum, d.arm, d.block, d.propensity, d.hash,
      CAST((CASE WHEN d.block >= 0 THEN s.before + d.block ELSE s.total - 1 - d.block END) % 10 + 1 AS INTEGER) AS wave,
      CAST(CAST((md5_number(nfc_normalize((? || d.customer_id))) >> 0) & 4294967295 AS BIGINT) % 27720 AS INTEGER) AS text_lot
    FROM drawn d JOIN numbered s ON s.stratum = d.stratum
-- ["c3:","c3:stratum:",0,"control",0.5,1,"one",0.25,2,"two",0.25,3,"control",0.5,"c3:stratum:","c3:text:"]
