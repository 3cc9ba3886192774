namespace Assay.Server.Dashboard.Wording;

/// <summary>Another plan for an experiment that runs, and what that costs.</summary>
internal static class AmendWords
{
    public const string Title = "Amend the plan";
    public const string Link = "Amend the plan …";
    public const string Amend = "Amend: begin a new iteration";
    public const string Costs = "What it costs";
    public const string Why = "1. Why";
    public const string ReasonHint = "Kept with the iteration that ends; everybody who reads the experiment sees it.";
    public const string Kept = "What this form does not show (variations, split, shares, segments, covariates, policy) stays as it is.";
    public const string NotNow = "Only an experiment that runs or is paused is amended.";
    public const string Changed = "The experiment has changed since this form was opened. Open it anew from the experiment, and look at what changed first.";

    /// <summary>What one should know before.</summary>
    public static IEnumerable<string> CostsOf(ExperimentSheet sheet)
    {
        yield return $"Iteration {Figures.Count(sheet.Experiment.Iteration + 1)} begins with a fresh error rate; its looks, crossings and verdicts begin anew.";
        yield return sheet.Readout is { } readout
            ? $"Only units first exposed after that count: the {Figures.Count(readout.Population.Exposed)} exposed so far, of which {Figures.Count(readout.Population.Completed)} are completed, count no more."
            : "Only units first exposed after that count.";
        yield return $"Iteration {Figures.Count(sheet.Experiment.Iteration)} ends: its design, its readout of that moment and your reason are kept, and it moves no more. This cannot be taken back.";
        yield return "Who gets what stays as it is: variations, split, share that takes part and holdout need an experiment of their own.";
    }
}
