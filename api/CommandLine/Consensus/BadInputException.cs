namespace Crowd.Api.CommandLine.Consensus;

/// <summary>What the user gave cannot be used; the message says where and what to change. Ends the command with exit code 2.</summary>
internal sealed class BadInputException(string message) : Exception(message)
{
    public const int ExitCode = 2;
}
