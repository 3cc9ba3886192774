namespace Assay.Statistics.Distributions;

/// <summary>Roots of continuous functions of one variable.</summary>
internal static class Roots
{
    /// <summary>A root of f between two points of opposite sign (Brent 1973, ch. 4), to the last few bits of x.</summary>
    public static double Bracketed(Func<double, double> f, double low, double high, double absolute = 0) => Bracketed(new Delegated(f), low, high, absolute);

    /// <inheritdoc cref="Bracketed(Func{double, double}, double, double, double)"/>
    public static double Bracketed<TFunction>(TFunction f, double low, double high, double absolute = 0)
        where TFunction : struct, IFunction
    {
        double a = low, b = high, fa = f.At(a), fb = f.At(b);
        if (fa == 0) return a;
        if (fb == 0) return b;
        if (fa > 0 == fb > 0) throw new ArgumentException("The ends of a bracket must have opposite signs.", nameof(f));
        double c = a, fc = fa, d = b - a, e = d;
        for (var iteration = 0; iteration < 200; iteration++)
        {
            if (fb > 0 == fc > 0) (c, fc, d, e) = (a, fa, b - a, b - a);
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            var tolerance = (2 * 1.1e-16 * Math.Abs(b)) + (0.5 * absolute);
            var middle = 0.5 * (c - b);
            if (Math.Abs(middle) <= tolerance || fb == 0) return b;
            if (Math.Abs(e) < tolerance || Math.Abs(fa) <= Math.Abs(fb))
            {
                d = e = middle;
            }
            else
            {
                double p, q, s = fb / fa;
                if (a == c)
                {
                    (p, q) = (2 * middle * s, 1 - s);
                }
                else
                {
                    double u = fa / fc, r = fb / fc;
                    (p, q) = (s * ((2 * middle * u * (u - r)) - ((b - a) * (r - 1))), (u - 1) * (r - 1) * (s - 1));
                }

                if (p > 0) q = -q; else p = -p;
                var accept = 2 * p < Math.Min((3 * middle * q) - Math.Abs(tolerance * q), Math.Abs(e * q));
                (e, d) = accept ? (d, p / q) : (middle, middle);
            }

            (a, fa) = (b, fb);
            b += Math.Abs(d) > tolerance ? d : Math.CopySign(tolerance, middle);
            fb = f.At(b);
        }

        return b;
    }

    /// <summary>Where f changes from positive to negative, monotone or not: the bracket grows from a guess in the direction of the sign, then <see cref="Bracketed"/>.</summary>
    public static double Falling(Func<double, double> f, double guess, double step, double absolute = 0) => Falling(new Delegated(f), guess, step, absolute);

    /// <inheritdoc cref="Falling(Func{double, double}, double, double, double)"/>
    public static double Falling<TFunction>(TFunction f, double guess, double step, double absolute = 0)
        where TFunction : struct, IFunction
    {
        double value = f.At(guess), other = guess;
        if (value == 0) return guess;
        if (value < 0) step = -step;
        for (var i = 0; i < 1100; i++)
        {
            other += step;
            var otherValue = f.At(other);
            if (otherValue == 0) return other;
            if (otherValue > 0 != value > 0) return Bracketed(f, guess, other, absolute);
            guess = other;
            step *= 2;
        }

        return other;
    }

    /// <summary>A root of a monotone f started at a guess: the bracket grows by doubling steps, then <see cref="Bracketed"/>.</summary>
    public static double Monotone(Func<double, double> f, double guess, double step, double absolute = 0) => Monotone(new Delegated(f), guess, step, absolute);

    /// <inheritdoc cref="Monotone(Func{double, double}, double, double, double)"/>
    public static double Monotone<TFunction>(TFunction f, double guess, double step, double absolute = 0)
        where TFunction : struct, IFunction
    {
        var value = f.At(guess);
        if (value == 0) return guess;
        double other = guess + step, otherValue = f.At(other);
        if (otherValue > 0 == value > 0 && Math.Abs(otherValue) > Math.Abs(value))
        {
            step = -step;
            other = guess + step;
            otherValue = f.At(other);
        }

        for (var i = 0; otherValue > 0 == value > 0 && otherValue != 0; i++)
        {
            if (i == 1100) return other;
            (guess, value) = (other, otherValue);
            step *= 2;
            other += step;
            otherValue = f.At(other);
        }

        return Bracketed(f, guess, other, absolute);
    }

    /// <summary>A root of a rising function that is nearly a line of slope 1, by the secant method; by <see cref="Monotone{TFunction}"/> where it is not.</summary>
    public static double NearlyLinear<TFunction>(TFunction f, double guess)
        where TFunction : struct, IFunction
    {
        double a = guess, fa = f.At(a), b = a - fa, fb = f.At(b);
        for (var i = 0; i < 10; i++)
        {
            if (fb == 0) return b;
            var step = -fb * (b - a) / (fb - fa);
            if (!(Math.Abs(step) < 2 * Math.Abs(b - a))) break;
            // The next error is of the order of the product of the last two.
            if (Math.Abs(step * (b - a)) < 1e-13) return b + step;
            (a, fa, b) = (b, fb, b + step);
            fb = f.At(b);
        }

        return Monotone(f, guess, -0.1, 1e-13);
    }
}
