/** Errors of results of experiments and of the library of what was learnt. */
export const results = {
  metric_unknown: {
    status: 422,
    message: { es: 'métrica desconocida: «{metric}»', en: 'unknown metric: "{metric}"' },
    fix: { es: 'Use una de estas: {known}.', en: 'Use one of these: {known}.' },
  },
} as const;
