using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Experiments;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Drafting;

/// <summary>The form of a draft: that of a new experiment, whose key is chosen.</summary>
internal static class DraftForm
{
    /// <summary>What the form says before anybody types: the draft, and which version of it.</summary>
    public static TypedForm Of(Experiment experiment)
    {
        var form = PlanForm.Again(experiment.Design);
        return form with { Values = form.Values.Remove(PlanFields.From).SetItem(FormBody.Version, ExperimentResource.TagOf(experiment).ToString()) };
    }

    /// <summary>What was typed, with the key of the draft, whatever the form says of it.</summary>
    public static TypedForm Fixed(TypedForm typed, string key) => typed with { Values = typed.Values.Remove(PlanFields.From).SetItem(PlanFields.Key, key) };
}
