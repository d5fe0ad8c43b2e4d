import { current, duckdb } from '../sql/dialects/duckdb.ts';
import { type Sql, sql } from '../sql/sql.ts';
import { phoneMark } from './place.ts';

/**
 * Area codes of the North American Numbering Plan that lie in one zone of the United States, as assigned by the end of 2025. Codes
 * that two zones share are left out, as are those of no place: they tell nothing.
 */
const codes: Readonly<Record<string, string>> = {
  'America/New_York':
    '201 202 203 207 212 215 216 220 223 227 229 231 234 239 240 248 252 260 267 269 272 276 283 301 302 304 305 313 315 317 321 324 326 329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 423 434 436 440 443 445 463 470 472 475 478 484 502 508 513 516 517 518 540 551 561 567 570 571 574 582 585 586 603 606 607 609 610 614 616 617 624 631 640 645 646 656 667 678 679 680 681 686 689 703 704 706 716 717 718 724 727 728 732 734 740 743 754 757 762 765 770 771 772 774 781 786 802 803 804 810 813 814 821 826 828 835 838 839 843 845 848 854 856 857 859 860 862 863 864 865 878 904 908 910 912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 984 989',
  'America/Chicago':
    '205 210 214 217 218 219 224 225 228 235 251 254 256 262 270 274 281 309 312 314 316 318 319 320 325 327 331 334 337 346 353 361 364 402 405 409 414 417 430 432 447 457 464 469 479 501 504 507 512 515 531 534 539 557 563 572 573 580 601 608 612 615 618 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 779 806 815 816 817 830 832 847 861 870 872 901 903 913 918 920 924 931 936 938 940 945 952 956 972 975 979 985',
  'America/Denver': '303 307 385 406 435 505 575 719 720 801 915 970 983',
  'America/Phoenix': '480 520 602 623',
  'America/Los_Angeles':
    '206 209 213 253 279 310 323 341 350 357 360 369 408 415 424 425 442 458 503 509 510 530 559 562 564 619 626 628 650 657 661 669 702 707 714 725 738 747 760 775 805 818 820 831 837 840 858 909 916 925 949 951 971',
  'America/Anchorage': '907',
  'Pacific/Honolulu': '808',
};

const rows = Object.entries(codes).flatMap(([zone, list]) => list.split(' ').map((code) => [code, zone]));

/** The zone of an area code; null where none or two are meant. */
export const zoneOfAreaCode = (code: string): string | null =>
  rows.find(([known]) => known === code)?.[1] ?? null;

/** An American number without its signs. */
const bare = [' ', '-', '(', ')', '.', '+'].reduce<Sql>(
  (text, sign) => sql`replace(${text}, ${sign}, '')`,
  sql`p.address`,
);

/**
 * The zones that the numbers of people in the United States tell, as a relation(customer_id, channel, zone): their address alone does
 * not settle their clock (12 CFR 1006.6(b)(1)).
 */
export const phoneZones = sql`(SELECT n.customer_id, n.channel, k.zone FROM (
    SELECT p.customer_id, p.channel, CASE WHEN length(${bare}) = 11 AND substr(${bare}, 1, 1) = '1' THEN substr(${bare}, 2, 3)
      WHEN length(${bare}) = 10 THEN substr(${bare}, 1, 3) END AS code
    FROM ${current('contact_points')} p JOIN ${current('customers')} u ON u.customer_id = p.customer_id
    WHERE (u.jurisdiction = 'US' OR u.jurisdiction LIKE 'US-%') AND p.valid AND p.channel IN ('call', 'sms', 'whatsapp')
  ) n JOIN ${duckdb.inline(
    [
      ['code', 'text'],
      ['zone', 'text'],
    ],
    rows,
  )} k ON k.code = n.code)`;

/** The zone written for customer c, with that of the telephone z where it tells another. */
export const clockText = sql`coalesce(c.time_zone, '') || CASE WHEN z.zone IS NULL OR z.zone = c.time_zone THEN '' ELSE ${phoneMark} || z.zone END`;
