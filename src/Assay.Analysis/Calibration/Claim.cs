using System.Globalization;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration;

/// <summary>The right answer of a study, and whether a tally agrees with it; a disagreement by chance has probability <see cref="Doubt"/> at most.</summary>
internal abstract record Claim
{
    /// <summary>Tail probability below which chance is no excuse.</summary>
    public const double Doubt = 1e-3;

    /// <summary>The right answer in words.</summary>
    public abstract string RightAnswer { get; }

    /// <summary>Whether a method is shown beside ours because it must fail.</summary>
    public virtual bool IsFailure => false;

    /// <summary>Whether the right answer could have made this tally; a tally without a single answer says nothing, and agrees with nothing.</summary>
    public bool Agrees(Tally tally) => tally.Count > 0 && Fits(tally);

    /// <summary>The smallest rate that so many runs would call broken, where the claim is a promise not to exceed one; NaN for other claims, and where no tally would.</summary>
    public double BrokenFrom(long runs)
    {
        if (this is not AtMost) return double.NaN;
        // Whether a tally agrees is monotone in its count: bisection.
        long agrees = -1, breaks = runs + 1;
        while (breaks - agrees > 1)
        {
            var middle = (agrees + breaks) / 2;
            if (Agrees(Tally.Of(middle, runs))) agrees = middle;
            else breaks = middle;
        }

        return breaks > runs ? double.NaN : (double)breaks / runs;
    }

    /// <summary>The same of a tally that is not empty.</summary>
    protected abstract bool Fits(Tally tally);

    /// <summary>A rate: of errors, of coverage, of power; within an approximation that is part of the claim.</summary>
    public sealed record Rate(double Right, double Within = 0) : Claim
    {
        public override string RightAnswer => Within == 0 ? Number(Right) : $"{Number(Right)} ± {Number(Within)}";

        protected override bool Fits(Tally tally) =>
            tally.ChanceOfSoMany(Right + Within) >= Doubt / 2 && tally.ChanceOfSoFew(Right - Within) >= Doubt / 2;
    }

    /// <summary>A rate that a method promises not to exceed.</summary>
    public sealed record AtMost(double Most) : Claim
    {
        public override string RightAnswer => $"≤ {Number(Most)}";

        protected override bool Fits(Tally tally) => tally.ChanceOfSoMany(Most) >= Doubt;
    }

    /// <summary>A rate that a method promises to reach.</summary>
    public sealed record AtLeast(double Least) : Claim
    {
        public override string RightAnswer => $"≥ {Number(Least)}";

        protected override bool Fits(Tally tally) => tally.ChanceOfSoFew(Least) >= Doubt;
    }

    /// <summary>An error rate beyond the nominal one: the failure that a naive method must show, and its size where that is known.</summary>
    public sealed record Exceeds(double Nominal, Rate? Known = null) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => Known is null ? $"> {Number(Nominal)}" : $"{Known.RightAnswer} > {Number(Nominal)}";

        protected override bool Fits(Tally tally) => tally.ChanceOfSoMany(Nominal) < Doubt && Known?.Agrees(tally) != false;
    }

    /// <summary>A coverage or power short of the nominal one: likewise.</summary>
    public sealed record FallsShort(double Nominal, Rate? Known = null) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => Known is null ? $"< {Number(Nominal)}" : $"{Known.RightAnswer} < {Number(Nominal)}";

        protected override bool Fits(Tally tally) => tally.ChanceOfSoFew(Nominal) < Doubt && Known?.Agrees(tally) != false;
    }

    /// <summary>An error rate that is known to lie beyond the nominal one: what is simulated confirms the known one, however near it is.</summary>
    public sealed record KnownToExceed(double Nominal, Rate Known) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => $"{Known.RightAnswer} > {Number(Nominal)}";

        protected override bool Fits(Tally tally) => Known.Right - Known.Within > Nominal && Known.Agrees(tally);
    }

    /// <summary>A coverage that is known to fall short of the nominal one: likewise.</summary>
    public sealed record KnownToFallShort(double Nominal, Rate Known) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => $"{Known.RightAnswer} < {Number(Nominal)}";

        protected override bool Fits(Tally tally) => Known.Right + Known.Within < Nominal && Known.Agrees(tally);
    }

    /// <summary>The expectation of a quantity.</summary>
    public sealed record Expectation(double Right, double Within = 0) : Claim
    {
        public override string RightAnswer => Within == 0 ? Number(Right) : $"{Number(Right)} ± {Number(Within)}";

        protected override bool Fits(Tally tally) => Math.Abs(tally.Mean - Right) <= Within + (Normal.TwoSidedCritical(Doubt) * tally.StandardError);
    }

    /// <summary>An expectation that a method promises not to exceed.</summary>
    public sealed record ExpectationAtMost(double Most) : Claim
    {
        public override string RightAnswer => $"≤ {Number(Most)}";

        protected override bool Fits(Tally tally) => tally.Mean - Most <= Normal.InverseSurvival(Doubt) * tally.StandardError;
    }

    /// <summary>A biased expectation: the failure that a naive method must show.</summary>
    public sealed record Misses(double Nominal, double Right, double Within) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => $"{Number(Right)} ± {Number(Within)}, not {Number(Nominal)}";

        protected override bool Fits(Tally tally) =>
            new Expectation(Right, Within).Agrees(tally) && Math.Abs(tally.Mean - Nominal) > Normal.TwoSidedCritical(Doubt) * tally.StandardError;
    }

    /// <summary>A value that is computed and not simulated.</summary>
    public sealed record Value(double Right, double Tolerance) : Claim
    {
        public override string RightAnswer => Number(Right);

        protected override bool Fits(Tally tally) => Math.Abs(tally.Mean - Right) <= Tolerance;
    }

    /// <summary>A computed value whose last printed digit elsewhere is another: it differs by more than rounding explains, and by less than one digit.</summary>
    public sealed record OtherLastDigit(double Printed, double Digit) : Claim
    {
        public override string RightAnswer => $"{Number(Printed)} †";

        protected override bool Fits(Tally tally) => Math.Abs(tally.Mean - Printed) is var distance && distance > 0.5 * Digit && distance < Digit;
    }

    /// <summary>A computed coverage short of the nominal one, and its value.</summary>
    public sealed record ValueFallsShort(double Nominal, Value Known) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => $"{Known.RightAnswer} < {Number(Nominal)}";

        protected override bool Fits(Tally tally) => Known.Agrees(tally) && tally.Mean < Nominal;
    }

    /// <summary>A computed error rate beyond the nominal one, and its value.</summary>
    public sealed record ValueExceeds(double Nominal, Value Known) : Claim
    {
        public override bool IsFailure => true;

        public override string RightAnswer => $"{Known.RightAnswer} > {Number(Nominal)}";

        protected override bool Fits(Tally tally) => Known.Agrees(tally) && tally.Mean > Nominal;
    }

    /// <summary>p-values uniform on (0, 1), by Kolmogorov's test (1933); what is printed is their mean.</summary>
    public sealed record Uniform : Claim
    {
        public override string RightAnswer => "uniform";

        protected override bool Fits(Tally tally) => Kolmogorov.PValue(tally.Values) >= Doubt;
    }

    private static string Number(double value) => value.ToString("0.0#####", CultureInfo.InvariantCulture);
}
