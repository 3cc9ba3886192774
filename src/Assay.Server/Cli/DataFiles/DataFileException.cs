namespace Assay.Server.Cli.DataFiles;

/// <summary>A data file, or what was said about it, is wrong; the message says where.</summary>
internal sealed class DataFileException : Exception
{
    public DataFileException()
    {
    }

    public DataFileException(string message)
        : base(message)
    {
    }

    public DataFileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
