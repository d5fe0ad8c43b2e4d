import { fixed, fromEaster, type Holiday, holiday, moved, nearestMonday } from '../holidays.ts';

/** Law 27,399, without the bridge days that are decreed each year. */
export const argentina: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Carnaval', 'Carnival', fromEaster(-48, -47)),
  holiday('Memoria por la Verdad y la Justicia', 'Day of Remembrance', fixed('03-24')),
  holiday('Veteranos de Malvinas', 'Malvinas Day', fixed('04-02')),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Día del Trabajador', 'Labour Day', fixed('05-01')),
  holiday('Revolución de Mayo', 'May Revolution', fixed('05-25')),
  holiday('Paso a la Inmortalidad de Güemes', 'Güemes Day', moved(nearestMonday, '06-17')),
  holiday('Día de la Bandera', 'Flag Day', fixed('06-20')),
  holiday('Independencia', 'Independence Day', fixed('07-09')),
  holiday('Paso a la Inmortalidad de San Martín', 'San Martín Day', moved(nearestMonday, '08-17')),
  holiday('Diversidad Cultural', 'Day of Cultural Diversity', moved(nearestMonday, '10-12')),
  holiday('Soberanía Nacional', 'National Sovereignty', moved(nearestMonday, '11-20')),
  holiday('Inmaculada Concepción', 'Immaculate Conception', fixed('12-08')),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
];
