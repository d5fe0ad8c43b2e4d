import { type Feature, screen } from '../feature.ts';
import Calendar from './house/Calendar.svelte';
import House from './house/House.svelte';
import Rules from './Rules.svelte';
import WhatIf from './what-if/WhatIf.svelte';

const rules: Feature = {
  title: { es: 'Reglas', en: 'Rules' },
  order: 20,
  under: '/exports',
  screens: [
    screen('/rules', Rules),
    screen('/rules/what-if', WhatIf),
    screen('/rules/house', House),
    screen('/rules/calendar', Calendar),
  ],
};

export default rules;
