using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Crowd.Api.Tests.Consensus;

/// <summary>The command in a pipe and on a terminal, as a process of its own.</summary>
public sealed class PipeTests : IDisposable
{
    private const string Answers = "task,worker,label\nt1,a,x\nt1,b,x\nt1,c,y\nt2,a,y\nt2,b,y\n";
    private const string Labels = "task,label,confidence\nt1,x,0.666667\nt2,y,1\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("crowd-pipe-").FullName;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Crowd.Api.dll");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Standard_input_goes_to_standard_output_without_a_word_or_a_bar(bool isCompressed)
    {
        using var process = Start("dotnet", Program, "aggregate", "--answers", "-", "--method", "majority", "--out", "-");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var bytes = Encoding.UTF8.GetBytes(Answers);
        await using (var input = isCompressed ? new GZipStream(process.StandardInput.BaseStream, CompressionLevel.Fastest) : process.StandardInput.BaseStream)
        {
            await input.WriteAsync(bytes);
        }

        Assert.Equal(Labels, await output);
        Assert.Equal("", await error);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [SkippableFact]
    public async Task A_terminal_gets_a_bar_and_the_labels_are_the_same()
    {
        const string Terminal = "/usr/bin/script";
        Skip.IfNot(File.Exists(Terminal), "there is no script(1) to make a terminal with; left out: the progress bar");
        await File.WriteAllTextAsync(Path.Combine(_folder, "A.csv"), Answers);
        using var process = Start(Terminal, "-qec", $"dotnet {Program} aggregate --answers A.csv --method majority --out L.csv", "/dev/null");
        process.StandardInput.Close();

        var shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Contains("majority", shown, StringComparison.Ordinal);
        Assert.Contains("\u001b[", shown, StringComparison.Ordinal);
        Assert.Equal(Labels, await File.ReadAllTextAsync(Path.Combine(_folder, "L.csv")));
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["TERM"] = "xterm", ["NO_COLOR"] = "" },
    })!;
}
