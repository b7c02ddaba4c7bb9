import { registerEnumType } from 'type-graphql';

/**
 * The visibility settings of a project: asked only of people of type CLIENT, on top of their grant.
 * A setting or value stands here when it works, never before.
 */
export const SETTINGS = {
  hours: ['FULL', 'BILLABLE', 'HIDE'],
  timeEntries: ['DETAILED', 'DAILY', 'HIDE'],
  timeRelease: ['ALL', 'INVOICED'],
  financials: ['FULL', 'SUMMARY', 'HIDE'],
  billRates: ['SHOW', 'HIDE'],
  invoices: ['FULL', 'SUMMARY', 'HIDE'],
  tasks: ['SHOW', 'HIDE'],
  people: ['ALL', 'CLIENT_FACING', 'HIDE'],
} as const satisfies Record<string, readonly string[]>;

export type SettingKey = keyof typeof SETTINGS;
export type VisibilitySettings = { [K in SettingKey]: (typeof SETTINGS)[K][number] };
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[];

export enum VisibilityPreset {
  CONSULTANCY = 'CONSULTANCY',
  AGENCY = 'AGENCY',
  DELIVERABLES = 'DELIVERABLES',
  CONSTRUCTION = 'CONSTRUCTION',
  FREELANCE = 'FREELANCE',
}

registerEnumType(VisibilityPreset, {
  name: 'VisibilityPreset',
  description: 'A starting point for what clients see of a project. Each setting can be overridden.',
  valuesConfig: {
    CONSULTANCY: { description: 'Hours, budget and amounts are open; invoices and rates are not. The default.' },
    AGENCY: { description: 'Invoices are open; hours, tasks and people are not.' },
    DELIVERABLES: { description: 'Hours and tasks are open; rates and financials are not.' },
    CONSTRUCTION: { description: 'Financials and invoices are open; hours and tasks are not.' },
    FREELANCE: { description: 'Every entry, the bill rate of the project, and all invoices.' },
  },
});

const preset = (values: string): VisibilitySettings => {
  const words = values.split(' ');
  return Object.fromEntries(SETTING_KEYS.map((key, i) => [key, words[i]])) as VisibilitySettings;
};

// Columns in the order of SETTINGS: hours timeEntries timeRelease financials billRates invoices tasks people
export const PRESETS: Record<VisibilityPreset, VisibilitySettings> = {
  CONSULTANCY: preset('FULL DAILY ALL FULL HIDE HIDE SHOW ALL'),
  AGENCY: preset('HIDE HIDE ALL HIDE HIDE FULL HIDE HIDE'),
  DELIVERABLES: preset('FULL HIDE ALL HIDE HIDE HIDE SHOW CLIENT_FACING'),
  CONSTRUCTION: preset('HIDE HIDE ALL FULL HIDE FULL HIDE CLIENT_FACING'),
  FREELANCE: preset('FULL DETAILED ALL SUMMARY SHOW FULL SHOW ALL'),
};

/** Every setting at its narrowest. */
export const CLOSED = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, key === 'timeRelease' ? 'INVOICED' : 'HIDE']),
) as VisibilitySettings;

/** The settings in force: the preset, what the project overrides, and what one setting makes of another. */
export function resolveSettings(of: VisibilityPreset, overrides: Partial<VisibilitySettings>): VisibilitySettings {
  const settings = { ...PRESETS[of], ...overrides };
  return settings.hours === 'HIDE' ? { ...settings, timeEntries: 'HIDE' } : settings;
}
