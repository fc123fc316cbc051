using Sylvan.Data.Csv;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Reads answers. Every bad row is named by its line and what to change; nothing is computed from a file with bad rows.</summary>
internal static class AnswerReader
{

    /// <summary>Reads a file of answers of one type.</summary>
    /// <exception cref="BadInputException">The file, its header or a row cannot be used.</exception>
    public static AnswerTable Answers(string path, LabelType type, IReadOnlyList<string>? scale = null)
    {
        using var csv = CsvFiles.Open(path);
        var rows = new Rows(path, csv, type, scale);
        rows.ReadAll();
        return rows.Table();
    }

    /// <summary>The rows of one file of answers as they are read.</summary>
    private sealed class Rows
    {
        private readonly string _path;
        private readonly CsvDataReader _csv;
        private readonly LabelType _type;
        private readonly IReadOnlyList<string>? _scale;
        private readonly int[] _columns;
        private readonly Interned _taskIds = new();
        private readonly Interned _workerIds = new();
        private readonly Interned _labelTexts = new();
        private readonly Interned _itemIds = new();
        private readonly List<string?> _labelProblems = [];
        private readonly List<int> _tasks = [];
        private readonly List<int> _workers = [];
        private readonly List<int> _labels = [];
        private readonly List<int> _left = [];
        private readonly List<int> _right = [];
        private readonly List<string> _problems = [];
        private int _problemCount;
        private int _line = 1;

        public Rows(string path, CsvDataReader csv, LabelType type, IReadOnlyList<string>? scale)
        {
            _path = path;
            _csv = csv;
            _type = type;
            _scale = scale;
            string[] names = type == LabelType.Pairwise ? ["task", "worker", "label", "left", "right"] : ["task", "worker", "label"];
            _columns = Array.ConvertAll(names, name => CsvFiles.Column(csv, path, name));
            foreach (var label in scale ?? []) Label(label);
        }

        public void ReadAll()
        {
            try
            {
                while (_csv.Read())
                {
                    _line++;
                    ReadRow();
                }
            }
            catch (Exception e) when (e is CsvFormatException or InvalidDataException or CsvRecordTooLargeException)
            {
                Bad($"the row cannot be read ({e.Message}); look for an open quotation mark");
            }

            RowProblems.Refuse(_path, _problems, _problemCount);
            if (_tasks.Count == 0) throw new BadInputException($"{_path} has no answers below its header.");
        }

        public AnswerTable Table()
        {
            var (tasks, newTasks) = _taskIds.Sort();
            var (workers, newWorkers) = _workerIds.Sort();
            var (items, newItems) = _itemIds.Sort();
            var (labels, newLabels) = _labelTexts.Sort(Order());
            return new AnswerTable
            {
                TaskIds = tasks,
                WorkerIds = workers,
                LabelTexts = labels,
                ItemIds = items,
                Tasks = Renumber(_tasks, newTasks),
                Workers = Renumber(_workers, newWorkers),
                Labels = Renumber(_labels, newLabels),
                Left = Renumber(_left, newItems),
                Right = Renumber(_right, newItems),
            };
        }

        private static int[] Renumber(List<int> old, int[] newNumbers)
        {
            var numbers = new int[old.Count];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = newNumbers[old[i]];
            return numbers;
        }

        private IComparer<string>? Order()
        {
            if (_scale is null) return _type is LabelType.Ordinal or LabelType.Number ? AnswerTable.ByValue : null;

            var places = _scale.Select((label, place) => (label, place)).ToDictionary(x => x.label, x => x.place, StringComparer.Ordinal);
            return Comparer<string>.Create((a, b) => places[a].CompareTo(places[b]));
        }

        private void ReadRow()
        {
            if (_csv.RowFieldCount <= _columns.Max())
            {
                Bad($"{_csv.RowFieldCount} fields; it needs {_columns.Max() + 1}");
                return;
            }

            var task = _csv.GetFieldSpan(_columns[0]);
            var worker = _csv.GetFieldSpan(_columns[1]);
            var text = _csv.GetFieldSpan(_columns[2]);
            var label = Label(text);
            if (task.IsEmpty) Bad("the task is empty; give it an id");
            else if (worker.IsEmpty) Bad("the worker is empty; give it an id");
            else if (_labelProblems[label] is { } problem) Bad(problem);
            else if (_type == LabelType.Pairwise) ReadItems(_csv.GetFieldSpan(_columns[3]), _csv.GetFieldSpan(_columns[4]));

            _tasks.Add(_taskIds.Number(task));
            _workers.Add(_workerIds.Number(worker));
            _labels.Add(label);
            _line += RowProblems.Breaks(text) + RowProblems.Breaks(task) + RowProblems.Breaks(worker);
        }

        private void ReadItems(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
        {
            if (left.IsEmpty || right.IsEmpty) Bad("an item is empty; give left and right");
            _left.Add(_itemIds.Number(left));
            _right.Add(_itemIds.Number(right));
        }

        private int Label(ReadOnlySpan<char> text)
        {
            var before = _labelTexts.Count;
            var label = _labelTexts.Number(text);
            if (_labelTexts.Count == before) return label;

            var problem = LabelShapes.Problem(_type, _labelTexts[label]);
            if (problem is null && _scale?.Contains(_labelTexts[label], StringComparer.Ordinal) == false)
                problem = $"'{_labelTexts[label]}' is not on the scale {string.Join(",", _scale)}; add it there or correct the row";
            _labelProblems.Add(problem);
            return label;
        }

        private void Bad(string problem)
        {
            _problemCount++;
            if (_problems.Count < RowProblems.MostShown) _problems.Add($"line {_line}: {problem}");
        }
    }
}
