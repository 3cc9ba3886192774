using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Experiments;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Amending;

/// <summary>The form of an amendment: that of a new experiment, without what an amendment leaves as it is.</summary>
internal static class AmendForm
{
    /// <summary>What the form says before anybody types: the plan that runs.</summary>
    public static TypedForm Of(Experiment experiment) =>
        PlanForm.Again(experiment.Design) is var form ? form with { Values = form.Values.Remove(PlanFields.From).SetItem(FormBody.Version, ExperimentResource.TagOf(experiment).ToString()) } : form;

    /// <summary>What was typed, with key, unit, variations, split, allocation and holdout of the design that runs, whatever the form says of them.</summary>
    public static TypedForm Fixed(TypedForm typed, Design design)
    {
        var kept = PlanForm.Again(design).Values.Where(field => IsFixed(field.Key));
        var changed = typed.Values.Where(field => !IsFixed(field.Key));
        return typed with { Values = changed.Concat(kept).Append(KeyValuePair.Create(PlanFields.Key, design.Key)).ToImmutableDictionary(StringComparer.Ordinal) };
    }

    private static bool IsFixed(string field) =>
        field is PlanFields.Key or PlanFields.From or "setup/unit" or "setup/traffic_allocation" or "setup/holdout_fraction"
        || field.StartsWith("setup/variations/", StringComparison.Ordinal) || field.StartsWith(PlanFields.Split + "/", StringComparison.Ordinal);
}
