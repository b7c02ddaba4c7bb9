import { Field, ObjectType } from 'type-graphql';
import { resolveSettings, SETTING_KEYS, VisibilityPreset, type VisibilitySettings } from '../../access/visibility';
import { VisibilitySettingsType } from '../../access/visibility.types';
import type { Project } from './project.entity';

@ObjectType({ simpleResolvers: true, description: 'What clients with client view see of a project. For its managers.' })
export class ProjectVisibility {
  @Field(() => VisibilityPreset, { description: 'What the settings start from.' })
  preset: VisibilityPreset;

  @Field(() => VisibilitySettingsType, { description: 'The settings in force.' })
  settings: VisibilitySettings;

  @Field(() => [String], { description: 'The settings that the project decides for itself, by name: `hours` …' })
  overridden: string[];
}

export function visibilityOf({ preset, visibility }: Project): ProjectVisibility {
  return {
    preset,
    settings: resolveSettings(preset, visibility),
    overridden: SETTING_KEYS.filter((key) => key in visibility),
  };
}
