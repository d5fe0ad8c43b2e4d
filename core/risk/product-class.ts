import type { RetailClass } from './basel.ts';

const mortgage = /mortgage|hipotec|vivienda|home_loan|housing/i;
const revolving = /card|tarjeta|revolv|overdraft|sobregiro|credit_line|rotativ/i;

/** The retail class of Basel a product's name stands for; whatever is neither a mortgage nor revolving is other retail. */
export function classOfProduct(
  product: string,
  given: Readonly<Record<string, RetailClass>> = {},
): RetailClass {
  const stated = given[product];
  if (stated) return stated;
  if (mortgage.test(product)) return 'mortgage';
  return revolving.test(product) ? 'revolving' : 'other_retail';
}

/** The product of an account that names none. */
export const noProduct = 'none';
