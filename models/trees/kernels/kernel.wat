;; The loops of kernels.ts over shared memory. All addresses are in bytes. A pair is two i64: the gradient, and the
;; hessian with one row counted above its bits. Sums are of whole numbers, hence equal to the plain kernels' doubles.
(module
  (import "arena" "memory" (memory 1 65536 shared))

  ;; Pairs of doubles between two addresses, scaled, rounded half up and made whole; `row` is one row above the hessian.
  (func (export "pack") (param $at i32) (param $end i32) (param $gradient f64) (param $hessian f64) (param $row i64)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (i64.store (local.get $at)
            (i64.trunc_sat_f64_s
              (f64.floor (f64.add (f64.mul (f64.load (local.get $at)) (local.get $gradient)) (f64.const 0.5)))))
          (i64.store offset=8 (local.get $at)
            (i64.add (local.get $row)
              (i64.trunc_sat_f64_s
                (f64.floor (f64.add (f64.mul (f64.load offset=8 (local.get $at)) (local.get $hessian)) (f64.const 0.5))))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $next)))))

  ;; Deals the rows between two addresses by a table of 256 bytes; gives the address after the last that goes left.
  (func (export "deal")
    (param $at i32) (param $end i32) (param $codes i32) (param $table i32) (param $left i32) (param $right i32)
    (result i32)
    (local $row i32) (local $goes i32)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $row (i32.load (local.get $at)))
          (local.set $goes
            (i32.shl
              (i32.load8_u
                (i32.add (local.get $table)
                  (i32.load8_u (i32.add (local.get $codes) (i32.shl (local.get $row) (i32.const 2))))))
              (i32.const 2)))
          (i32.store (local.get $left) (local.get $row))
          (i32.store (local.get $right) (local.get $row))
          (local.set $left (i32.add (local.get $left) (local.get $goes)))
          (local.set $right (i32.add (local.get $right) (i32.sub (i32.const 4) (local.get $goes))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br $next))))
    (local.get $left))

  ;; Copies the pairs of the rows between two addresses to the places from `to` on.
  (func (export "gather") (param $at i32) (param $end i32) (param $pairs i32) (param $to i32)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (v128.store (local.get $to)
            (v128.load (i32.add (local.get $pairs) (i32.shl (i32.load (local.get $at)) (i32.const 4)))))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br $next)))))

  ;; Adds the pairs of the rows between two addresses to the sums of four columns, 4096 bytes each.
  (func (export "accumulate") (param $at i32) (param $end i32) (param $pairs i32) (param $codes i32) (param $sums i32)
    (local $word i32) (local $pair v128) (local $sum i32)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $word
            (i32.load (i32.add (local.get $codes) (i32.shl (i32.load (local.get $at)) (i32.const 2)))))
          (local.set $pair (v128.load (local.get $pairs)))
          (local.set $sum
            (i32.add (local.get $sums) (i32.and (i32.shl (local.get $word) (i32.const 4)) (i32.const 4080))))
          (v128.store (local.get $sum) (i64x2.add (v128.load (local.get $sum)) (local.get $pair)))
          (local.set $sum
            (i32.add (local.get $sums) (i32.and (i32.shr_u (local.get $word) (i32.const 4)) (i32.const 4080))))
          (v128.store offset=4096 (local.get $sum)
            (i64x2.add (v128.load offset=4096 (local.get $sum)) (local.get $pair)))
          (local.set $sum
            (i32.add (local.get $sums) (i32.and (i32.shr_u (local.get $word) (i32.const 12)) (i32.const 4080))))
          (v128.store offset=8192 (local.get $sum)
            (i64x2.add (v128.load offset=8192 (local.get $sum)) (local.get $pair)))
          (local.set $sum
            (i32.add (local.get $sums) (i32.and (i32.shr_u (local.get $word) (i32.const 20)) (i32.const 4080))))
          (v128.store offset=12288 (local.get $sum)
            (i64x2.add (v128.load offset=12288 (local.get $sum)) (local.get $pair)))
          (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br $next)))))

  ;; Writes the sums between two addresses as three doubles a bin from `to` on, and empties them. `bits` is where the
  ;; count of rows begins.
  (func (export "spread") (param $at i32) (param $end i32) (param $to i32) (param $bits i64)
    (local $both i64)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $both (i64.load offset=8 (local.get $at)))
          (f64.store (local.get $to) (f64.convert_i64_s (i64.load (local.get $at))))
          (f64.store offset=8 (local.get $to)
            (f64.convert_i64_u
              (i64.and (local.get $both) (i64.sub (i64.shl (i64.const 1) (local.get $bits)) (i64.const 1)))))
          (f64.store offset=16 (local.get $to) (f64.convert_i64_u (i64.shr_u (local.get $both) (local.get $bits))))
          (v128.store (local.get $at) (v128.const i64x2 0 0))
          (local.set $to (i32.add (local.get $to) (i32.const 24)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $next)))))

  ;; Takes the doubles from `child` on from those between two addresses.
  (func (export "subtract") (param $at i32) (param $end i32) (param $child i32)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (f64.store (local.get $at) (f64.sub (f64.load (local.get $at)) (f64.load (local.get $child))))
          (local.set $child (i32.add (local.get $child) (i32.const 8)))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br $next))))))
