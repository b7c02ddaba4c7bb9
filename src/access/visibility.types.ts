import { type ClassType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { SETTINGS, type SettingKey, type VisibilitySettings } from './visibility';

/** The settings as GraphQL knows them: one enum each, so that a front end can offer exactly what there is. */
type Words<K extends SettingKey> = Record<VisibilitySettings[K], string>;

/** The values are those of `SETTINGS`; here they get their words. */
function settingEnum<K extends SettingKey>(key: K, about: string, words: Words<K>): object {
  const values = Object.fromEntries(SETTINGS[key].map((value) => [value, value]));
  const described = Object.entries<string>(words).map(([value, description]) => [value, { description }]);
  registerEnumType(values, {
    name: `${key[0].toUpperCase()}${key.slice(1)}Visibility`,
    description: `${about} Asked of people of type CLIENT alone.`,
    valuesConfig: Object.fromEntries(described),
  });
  return values;
}

const ENUMS: Record<SettingKey, object> = {
  hours: settingEnum('hours', 'Which hours clients see.', {
    FULL: 'All of them, billable or not.',
    BILLABLE: 'The billable ones.',
    HIDE: 'None; then they see no time entries either.',
  }),
  timeEntries: settingEnum('timeEntries', 'How closely clients see the time that was logged.', {
    DETAILED: 'Every entry, with its description.',
    DAILY: 'Sums by day and task.',
    HIDE: 'Not at all.',
  }),
  timeRelease: settingEnum('timeRelease', 'When logged time begins to count for clients.', {
    ALL: 'At once.',
    INVOICED: 'When it stands on an issued invoice.',
  }),
  financials: settingEnum('financials', 'Which amounts clients see.', {
    FULL: 'Totals, amounts by task and entry, and payments.',
    SUMMARY: 'Totals of the project.',
    HIDE: 'None.',
  }),
  billRates: settingEnum('billRates', 'Whether clients see what an hour is billed at.', {
    SHOW: 'They do.',
    HIDE: 'They do not.',
  }),
  invoices: settingEnum('invoices', 'What clients see of issued invoices.', {
    FULL: 'Everything that stands on them.',
    SUMMARY: 'Number, dates, status, total and balance.',
    HIDE: 'Nothing.',
  }),
  tasks: settingEnum('tasks', 'Whether clients see the tasks that are meant for them.', {
    SHOW: 'They do.',
    HIDE: 'They do not.',
  }),
  people: settingEnum('people', 'Which people of the team clients see.', {
    ALL: 'Everybody on the project.',
    CLIENT_FACING: 'Those who are marked as facing clients.',
    HIDE: 'Nobody.',
  }),
};

const ABOUT: Record<SettingKey, string> = {
  hours: 'Hours.',
  timeEntries: 'Time entries.',
  timeRelease: 'When time is released.',
  financials: 'Amounts and totals.',
  billRates: 'Bill rates.',
  invoices: 'Invoices.',
  tasks: 'Tasks.',
  people: 'People.',
};

@ObjectType('VisibilitySettings', {
  simpleResolvers: true,
  description: 'What clients with client view see, setting by setting (F-123).',
})
class VisibilitySettingsObject {}

@InputType('VisibilitySettingsInput', {
  description: 'Settings that depart from the preset. Left out: stays as it is. Null: as the preset says.',
})
class VisibilitySettingsInputObject {}

for (const key of Object.keys(ABOUT) as SettingKey[]) {
  Field(() => ENUMS[key], { description: ABOUT[key] })(VisibilitySettingsObject.prototype, key);
  Field(() => ENUMS[key], { nullable: true, description: ABOUT[key] })(VisibilitySettingsInputObject.prototype, key);
}

export type VisibilityOverrides = { [K in SettingKey]?: VisibilitySettings[K] | null };
export const VisibilitySettingsType = VisibilitySettingsObject as ClassType<VisibilitySettings>;
export const VisibilitySettingsInput = VisibilitySettingsInputObject as ClassType<VisibilityOverrides>;

/** The overrides after a change: what is given is set, what is given as null is gone, the rest stays. */
export function changedOverrides(
  present: Partial<VisibilitySettings>,
  change: VisibilityOverrides,
): Partial<VisibilitySettings> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const merged = Object.entries({ ...present, ...Object.fromEntries(given) });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}
