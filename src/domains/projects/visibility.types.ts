import { Field, ObjectType } from 'type-graphql';
import { resolveSettings, SETTING_KEYS, VisibilityPreset } from '../../access/visibility';
import type { Project } from './project.entity';

@ObjectType({
  simpleResolvers: true,
  description: 'One visibility setting of a project, and whether it departs from the preset.',
})
export class VisibilitySetting {
  @Field({ description: 'Which: `hours`, `financials` …' })
  key: string;

  @Field({ description: 'The value in force.' })
  value: string;

  @Field({ description: 'Whether the project says otherwise than its preset.' })
  overridden: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What clients with client view see of a project. For its managers.' })
export class ProjectVisibility {
  @Field(() => VisibilityPreset, { description: 'What the settings start from.' })
  preset: VisibilityPreset;

  @Field(() => [VisibilitySetting], { description: 'The settings in force.' })
  settings: VisibilitySetting[];
}

export function visibilityOf({ preset, visibility }: Project): ProjectVisibility {
  const settings = resolveSettings(preset, visibility);
  return {
    preset,
    settings: SETTING_KEYS.map((key) => ({ key, value: settings[key], overridden: key in visibility })),
  };
}
