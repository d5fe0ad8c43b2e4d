import { fixed, fromEaster, type Holiday, holiday, nthWeekday, substituted } from '../holidays.ts';

const kingsInJune = ['ACT', 'NSW', 'NT', 'SA', 'TAS', 'VIC'].map((state) => `AU-${state}`);

/** Days that every state and territory keeps, with the Mondays that stand in for those on a weekend. */
export const australia: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Año Nuevo (trasladado)', 'New Year’s Day (substitute)', substituted('01-01')),
  holiday('Día de Australia', 'Australia Day', substituted('01-26')),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Sábado Santo', 'Easter Saturday', fromEaster(-1)),
  holiday('Lunes de Pascua', 'Easter Monday', fromEaster(1)),
  holiday('Día de Anzac', 'Anzac Day', fixed('04-25')),
  holiday('Cumpleaños del Rey', 'King’s Birthday', nthWeekday(6, 1, 2), kingsInJune),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
  holiday('San Esteban', 'Boxing Day', fixed('12-26')),
  holiday('Navidad (trasladada)', 'Christmas and Boxing Day (substitute)', substituted('12-25', '12-26')),
];
