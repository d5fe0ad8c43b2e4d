import { fixed, fromEaster, type Holiday, holiday, since } from '../holidays.ts';

/** National days, with Carnival and Corpus Christi, which are customary. */
export const brazil: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Carnaval', 'Carnival', fromEaster(-48, -47)),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Tiradentes', 'Tiradentes', fixed('04-21')),
  holiday('Día del Trabajo', 'Labour Day', fixed('05-01')),
  holiday('Corpus Christi', 'Corpus Christi', fromEaster(60)),
  holiday('Independencia', 'Independence Day', fixed('09-07')),
  holiday('Nuestra Señora Aparecida', 'Our Lady of Aparecida', fixed('10-12')),
  holiday('Fieles Difuntos', 'All Souls', fixed('11-02')),
  holiday('Proclamación de la República', 'Republic Day', fixed('11-15')),
  holiday('Conciencia Negra', 'Black Awareness Day', since(2024, '11-20')),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
];
