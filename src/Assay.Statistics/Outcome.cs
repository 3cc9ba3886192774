using System.Diagnostics.CodeAnalysis;

namespace Assay.Statistics;

/// <summary>A statistic that was determined, or the <see cref="Statistics.Reason"/> why it could not be.</summary>
/// <typeparam name="T">The statistic.</typeparam>
public readonly struct Outcome<T> : IEquatable<Outcome<T>>
    where T : notnull
{
    private readonly T? _value;
    private readonly Reason _reason;

    private Outcome(T? value, Reason reason, bool determined)
    {
        _value = value;
        _reason = reason;
        IsDetermined = determined;
    }

    /// <summary>Whether there is a value.</summary>
    public bool IsDetermined { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The statistic is undetermined.</exception>
    public T Value => IsDetermined ? _value! : throw new InvalidOperationException($"Undetermined: {_reason}.");

    /// <summary>The reason; meaningful only when <see cref="IsDetermined"/> is false.</summary>
    public Reason Reason => _reason;

    /// <summary>Takes the value out when there is one.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsDetermined;
    }

    /// <summary>Applies a function to the value, keeping the reason otherwise.</summary>
    public Outcome<TOut> Select<TOut>(Func<T, TOut> select)
        where TOut : notnull
    {
        ArgumentNullException.ThrowIfNull(select);
        return IsDetermined ? Outcome<TOut>.Determined(select(_value!)) : Outcome<TOut>.Undetermined(_reason);
    }

    /// <summary>Chains a function that may itself be undetermined.</summary>
    public Outcome<TOut> SelectMany<TOut>(Func<T, Outcome<TOut>> select)
        where TOut : notnull
    {
        ArgumentNullException.ThrowIfNull(select);
        return IsDetermined ? select(_value!) : Outcome<TOut>.Undetermined(_reason);
    }

    /// <summary>A determined statistic.</summary>
    public static Outcome<T> Determined(T value) => new(value, default, determined: true);

    /// <summary>An undetermined statistic.</summary>
    public static Outcome<T> Undetermined(Reason reason) => new(default, reason, determined: false);

    /// <summary>A determined statistic.</summary>
    public static implicit operator Outcome<T>(T value) => Determined(value);

    /// <summary>An undetermined statistic.</summary>
    public static implicit operator Outcome<T>(Reason reason) => Undetermined(reason);

    /// <inheritdoc/>
    public bool Equals(Outcome<T> other) =>
        IsDetermined == other.IsDetermined && (IsDetermined ? EqualityComparer<T>.Default.Equals(_value, other._value) : _reason == other._reason);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Outcome<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => IsDetermined ? HashCode.Combine(_value) : HashCode.Combine(_reason);

    /// <summary>Equality of values, or of reasons.</summary>
    public static bool operator ==(Outcome<T> left, Outcome<T> right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(Outcome<T> left, Outcome<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => IsDetermined ? $"{_value}" : $"Undetermined({_reason})";
}
